-- wrk posts the file named by BODY, and prints one line of figures that benchmarks/run reads.
local file = assert(io.open(os.getenv("BODY"), "rb"))
wrk.method = "POST"
wrk.body = file:read("*a")
wrk.headers["content-type"] = "application/json"
wrk.headers["anthropic-version"] = "2023-06-01"
file:close()

function done(summary, latency)
    local e = summary.errors
    io.write(string.format("FIGURES %d %d %.3f %d %d\n",
        summary.requests,
        e.connect + e.read + e.write + e.status + e.timeout,
        summary.requests / (summary.duration / 1e6),
        latency:percentile(50),
        latency:percentile(99)))
end
