-- For wrk: counts the answers by status, and prints them at the end as the last line, in the JSON of soak/attack.py.
local threads = {}

function setup(thread) threads[#threads + 1] = thread end

function response(status)
  local name = "answered_" .. status
  _G[name] = (_G[name] or 0) + 1
end

function done(summary)
  local counts = {}
  for status = 100, 599 do
    local count = 0
    for _, thread in ipairs(threads) do count = count + (thread:get("answered_" .. status) or 0) end
    if count > 0 then counts[#counts + 1] = string.format('"%d": %d', status, count) end
  end
  for _, what in ipairs({ "connect", "read", "write", "timeout" }) do
    local count = summary.errors[what]
    if count > 0 then counts[#counts + 1] = string.format('"%s failed": %d', what, count) end
  end
  print('{"answers": {' .. table.concat(counts, ", ") .. '}, "complaints": []}')
end
