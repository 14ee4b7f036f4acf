# A paste of ten megabytes is one statement and is run; what was pasted behind it too.
# differs: the editor is Phial's own
# stress: turns of one reduction make this take minutes
# cmd: . "${FILE%/*}/screen.sh"
# cmd: { echo 'x = ['; yes '  "0123456789 and a few words more", # and what they mean' | head -n 180000; echo ']'; echo 'length(x)'; } > "$TMP/ten"
# cmd: open 60 20 "$PHIAL"; patience=1200
# cmd: await 'iex(1)>'; mux load-buffer "$TMP/ten"; mux paste-buffer -p -r
# cmd: await 'iex(3)>'; screen | tail -n 3; wc -c < "$TMP/ten" | cut -c 1-2
# => iex(2)> length(x)
# => 180000
# => iex(3)>
# => 10
