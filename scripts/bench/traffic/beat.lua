-- Known visitors send more beats: wrk -s beat.lua URL -- NUMBER_OF_TOKENS

local tokens, sequence

function init(arguments)
  tokens = tonumber(arguments[1])
  sequence = os.time() * 1000
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
end

function request()
  sequence = sequence + 1
  local token = string.format("%032x", sequence % tokens)
  return wrk.format(nil, nil, nil, string.format("token=%s&sequence=%.0f", token, sequence))
end
