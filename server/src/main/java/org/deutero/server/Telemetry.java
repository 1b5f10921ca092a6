package org.deutero.server;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** What is told of requests: metrics, and a line of the log for each. Neither holds pictures, class names or tokens. */
final class Telemetry {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicLong number = new AtomicLong();
    private final Consumer<String> log;

    Telemetry(Handles handles, Gate gate, Consumer<String> log) {
        this.log = log;
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        Gauge.builder("deutero.classifiers", handles, Handles::size)
                .description("Classifiers that exist")
                .register(registry);
        Gauge.builder("deutero.requests.under.way", gate, Gate::underWay)
                .description("Requests that are worked on or wait for it")
                .register(registry);
    }

    /** Pictures were answered, learned from or embedded. */
    void pictures(String use, int count) {
        registry.counter("deutero.pictures", "use", use).increment(count);
    }

    /**
     * A request was answered.
     *
     * @param route the pattern of its path, of which there are few
     * @param path as it came
     */
    void answered(String method, String route, String path, int status, double milliseconds, long bytes) {
        Timer.builder("deutero.requests")
                .description("Requests by route and status")
                .tags("method", method, "route", route, "status", Integer.toString(status))
                .publishPercentileHistogram(false)
                .publishPercentiles(0.5, 0.9, 0.99)
                .register(registry)
                .record((long) (milliseconds * 1e6), TimeUnit.NANOSECONDS);
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        line.put("request", number.incrementAndGet());
        line.put("method", method);
        line.put("path", path.length() > 200 ? path.substring(0, 200) : path);
        line.put("status", status);
        line.put("ms", Math.round(milliseconds * 10) / 10.0);
        line.put("bytes", Math.max(0, bytes));
        log.accept(Json.write(line));
    }

    /** In Prometheus' text format. */
    String scrape() {
        return registry.scrape();
    }
}
