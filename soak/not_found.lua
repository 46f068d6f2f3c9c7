-- For wrk, in this folder: another path each time, none of which there is.
dofile("answers.lua")
local number = 0

function request()
  number = number + 1
  return wrk.format("GET", "/nowhere/" .. number)
end
