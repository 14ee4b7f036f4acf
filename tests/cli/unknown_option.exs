# cmd: $PHIAL --nope -e 'IO.puts "ran"'; echo "status $?"; $PHIAL -e; echo "status $?"; $PHIAL -r nothing*.exs -e 'IO.puts 1'; echo "status $?"
# => ran
# => status 1
# => status 1
# => 1
# => status 1
# stderr: --nope : Unknown option
# stderr: -e : Unknown option
# stderr: -r : No files matched pattern nothing*.exs
