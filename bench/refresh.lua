-- For wrk: as many chains of refresh tokens as there are connections. Each request sends the last token of a chain and
-- its answer brings the next one. The argument is a file with a first token a line, one more than connections: wrk asks
-- for one request that it does not send.
local tokens = {}

function init(args)
  for line in io.lines(args[1]) do tokens[#tokens + 1] = line end
  wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
end

function request()
  local token = table.remove(tokens, 1)
  return wrk.format("POST", "/auth/refresh", nil, "refresh_token=" .. token)
end

function response(status, headers, body)
  tokens[#tokens + 1] = string.match(body, '"refresh_token":"([^"]+)"')
end
