-- Stores a policy and tells of it, in one step that nobody can come between.
--
-- KEYS[1]: the policy, and the channel of its servers. ARGV[1]: the policy.

-- A number that was only counted would begin anew, and be old, after Redis has forgotten it.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local last = tonumber(redis.call('HGET', KEYS[1], 'version'))
-- Nothing counts on from what somebody wrote by hand and servers refuse.
if not last or not (last >= 0 and last < 2 ^ 53 - 1) then
  last = 0
end
-- Lua writes large numbers with an exponent, unless it is told not to.
local version = string.format('%.0f', math.max(now, last + 1))

redis.call('HSET', KEYS[1], 'version', version, 'cors', ARGV[1])
return { version, redis.call('PUBLISH', KEYS[1], version) }
