-- For wrk: GET /me as another user each time. The argument is a file with a token a line.
local tokens = {}
local next_one = 0

function init(args)
  for line in io.lines(args[1]) do tokens[#tokens + 1] = line end
end

function request()
  next_one = next_one % #tokens + 1
  return wrk.format("GET", "/me", { ["Authorization"] = "Bearer " .. tokens[next_one] })
end
