# cmd: cp $FILE $TMP/prog; chmod +x $TMP/prog; PATH=$TMP:$PATH $PHIAL -S prog a -b; $PHIAL -S no-such-prog 2>&1; echo "status $?"
# -S looks for the script in PATH.
IO.inspect(System.argv())
# => ["a", "-b"]
# => -S : Could not find executable no-such-prog
# => status 1
