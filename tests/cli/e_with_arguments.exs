# cmd: $PHIAL -e 'IO.inspect System.argv()' -- x -y
# => ["x", "-y"]
