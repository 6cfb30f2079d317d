-- Pauses between an answer and the next question of a connection, about PAUSE milliseconds each (exponential, so that
-- questions come as from many people who know nothing of each other), and what came of it as one line of JSON.
local mean = tonumber(os.getenv("PAUSE"))

if mean > 0 then
   function delay()
      return math.floor(-mean * math.log(1 - math.random()) + 0.5)
   end
end

function done(summary, latency, requests)
   local errors = summary.errors
   local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
   io.write(string.format('{"answered": %d, "failed": %d, "seconds": %f, "p50": %f, "p99": %f}\n',
      summary.requests, failed, summary.duration / 1e6, latency:percentile(50) / 1e6, latency:percentile(99) / 1e6))
end
