-- For wrk, in this folder: chains of refresh tokens, each request with the token that the last answer brought. The argument
-- is the file of bench/refresh.lua.
dofile("answers.lua")
local count = response
dofile("../bench/refresh.lua")
local exchange = response

function response(status, headers, body)
  count(status)
  exchange(status, headers, body)
end
