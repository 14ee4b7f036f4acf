# cmd: GREETING=hi $PHIAL -e 'IO.inspect {System.get_env("GREETING"), System.get_env("NOPE_NOPE"), System.get_env("NOPE_NOPE", "d")}'
# => {"hi", nil, "d"}
