-- For wrk: asks the paths of the file that URLS names, one after the other, each thread from another place.
local paths = {}
for line in io.lines(os.getenv("URLS")) do paths[#paths + 1] = line end
local at = 0
function init() math.randomseed(os.time()) at = math.random(#paths) end
function request()
  at = at % #paths + 1
  return wrk.format("GET", paths[at])
end
function done(summary, latency)
  io.write(string.format("requests/s %.0f, errors %d, p50 %.2f ms, p99 %.2f ms\n", summary.requests / summary.duration * 1e6,
    summary.errors.status + summary.errors.read + summary.errors.connect + summary.errors.timeout, latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
