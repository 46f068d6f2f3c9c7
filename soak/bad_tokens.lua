-- For wrk, in this folder: GET /me with tokens that are none, each sent once, so that nobody remembers any. The argument is a
-- good token.
dofile("answers.lua")
local header, payload
local number = 0

-- 256 bits as base64url, another value for each number; the last character has no spare bits.
local function signature() return string.format("%042d0", number) end

local kinds = {
  function() return header .. "." .. payload .. "." .. signature() end,
  function() return header .. "." .. string.format("%048d", number) .. "." .. signature() end,
  function() return "eyJhbGciOiJub25lIn0." .. payload .. "." end, -- {"alg":"none"}
  function() return string.rep("A", 7000) .. number end,
}

function init(arguments) header, payload = arguments[1]:match("^(.-)%.(.-)%.") end

function request()
  number = number + 1
  local token = kinds[number % #kinds + 1]()
  return wrk.format("GET", "/me", { ["Authorization"] = "Bearer " .. token })
end
