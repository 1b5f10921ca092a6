package org.deutero.server;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.deutero.serve.TrainedLearner;
import org.deutero.tasks.DataException;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trained learners over HTTP.
 *
 * <pre>{@code
 * try (TrainedLearner omniglot = Deutero.builtin("omniglot");
 *         DeuteroServer server = DeuteroServer.start(Map.of("omniglot", omniglot), ServerSettings.local())) {
 *     System.out.println(server.address());
 * }
 * }</pre>
 *
 * <p>The description of all routes is at {@code /openapi.json}, a page to play with at {@code /}.
 */
public final class DeuteroServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeuteroServer.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final int SPARE_THREADS = 32;
    private static final int HEADER_BYTES = 16 << 10;
    private static final long SWEEP_SECONDS = 5;
    private static final long PATIENCE_SECONDS = 10;

    private final ServerSettings settings;
    private final Gate gate;
    private final Handles handles;
    private final Workshop workshop;
    private final Telemetry telemetry;
    private final Guard guard;
    private final List<String> routes = new ArrayList<>();
    private final ScheduledExecutorService sweeper;
    private final ScheduledFuture<?> sweeping;
    private final Javalin javalin;

    private DeuteroServer(Map<String, TrainedLearner> learners, ServerSettings settings) {
        this.settings = settings;
        gate = new Gate(settings.limits());
        handles = Handles.open(settings.folder(), learners.keySet(), settings.limits());
        workshop = new Workshop(Runtime.getRuntime().availableProcessors());
        telemetry = new Telemetry(handles, gate, settings.log());
        guard = new Guard(settings.loopback(), settings.token());
        Api api = new Api(learners, handles, workshop, telemetry, settings.limits());
        javalin = Javalin.create(config -> configure(config, api));
        sweeper = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "deutero-sweeper");
            thread.setDaemon(true);
            return thread;
        });
        sweeping = sweeper.scheduleWithFixedDelay(this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    /** What fails once is tried again the next time. */
    private void sweep() {
        try {
            handles.sweep();
        } catch (RuntimeException e) {
            LOG.warn("temporary classifiers could not be let go: {}", e.getMessage());
        }
    }

    /**
     * Starts to listen.
     *
     * @param learners by the names that paths have; they stay the caller's, who closes them after the server
     * @throws DataException in one sentence if a name cannot stand in a path, the folder cannot be used or the port is taken
     */
    public static DeuteroServer start(Map<String, TrainedLearner> learners, ServerSettings settings) {
        if (learners.isEmpty()) {
            throw new DataException("a server needs at least one learner");
        }
        for (String name : learners.keySet()) {
            if (!NAME.matcher(name).matches()) {
                throw new DataException("a learner cannot be called '" + name
                        + "' in a path; a name has up to 64 letters, digits, dots, dashes and underscores");
            }
        }
        DeuteroServer server = new DeuteroServer(learners, settings);
        try {
            server.javalin.start();
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw new DataException(
                    "cannot listen on " + settings.host() + " port " + settings.port() + ": " + lastMessage(e), e);
        }
    }

    private static String lastMessage(Throwable e) {
        Throwable last = e;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return String.valueOf(last.getMessage());
    }

    private void configure(JavalinConfig config, Api api) {
        config.startup.showJavalinBanner = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.jetty.threadPool = new QueuedThreadPool(settings.limits().requests() + SPARE_THREADS, 8);
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setRequestHeaderSize(HEADER_BYTES);
        });
        config.jetty.modifyServer(server -> server.setErrorHandler(new ProblemPages()));
        config.jetty.modifyServletContextHandler(handler -> handler.setErrorHandler(new ProblemPages()));
        config.jetty.addConnector(this::connector);
        config.requestLogger.http(this::log);
        config.router.javaLangErrorHandler((response, error) -> {
            LOG.error("a request has failed", error);
            response.setStatus(500);
        });
        refusals(config);
        routes(config, api);
    }

    private ServerConnector connector(Server server, HttpConfiguration http) {
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(settings.limits().body().toMillis());
        return connector;
    }

    private void routes(JavalinConfig config, Api api) {
        config.routes.before(ctx -> {
            ctx.header("X-Content-Type-Options", "nosniff").header("Referrer-Policy", "no-referrer");
            guard.checkOrigin(ctx.req());
        });
        Assets assets = new Assets();
        for (String path : assets.paths()) {
            config.routes.get(path, assets::serve);
        }
        route(
                config,
                HandlerType.GET,
                "/health",
                ctx -> ctx.contentType("application/json")
                        .result(Json.write(Map.of("status", "up", "classifiers", handles.size()))));
        route(
                config,
                HandlerType.GET,
                "/metrics",
                open(ctx -> ctx.contentType("text/plain; version=0.0.4; charset=utf-8")
                        .result(telemetry.scrape())));
        String learner = "/v1/learners/{learner}";
        String classifiers = learner + "/classifiers";
        String classifier = classifiers + "/{classifier}";
        route(config, HandlerType.GET, "/v1/learners", open(api::listLearners));
        route(config, HandlerType.GET, learner, open(api::getLearner));
        route(config, HandlerType.POST, learner + "/embeddings", passing(api::embed));
        route(config, HandlerType.GET, classifiers, open(api::list));
        route(config, HandlerType.POST, classifiers, passing(api::create));
        route(config, HandlerType.GET, classifier, open(api::get));
        route(config, HandlerType.DELETE, classifier, passing(api::delete));
        route(config, HandlerType.POST, classifier + "/classes", passing(api::extend));
        route(config, HandlerType.DELETE, classifier + "/classes/{class}", passing(api::shrink));
        route(config, HandlerType.POST, classifier + "/predict", passing(api::predict));
    }

    private void route(JavalinConfig config, HandlerType method, String path, Handler handler) {
        routes.add(method.name() + " " + path);
        config.routes.addHttpHandler(method, path, handler);
    }

    /** For who shows the token. */
    private Handler open(Handler handler) {
        return ctx -> {
            guard.checkToken(ctx.req());
            handler.handle(ctx);
        };
    }

    /** The same through the gate: whatever has a body or does work. */
    private Handler passing(Handler handler) {
        return open(ctx -> {
            long told = ctx.req().getContentLengthLong();
            long bytes = told >= 0 ? told : settings.limits().bodyBytes();
            try (Gate.Pass pass = gate.enter(Math.min(bytes, settings.limits().bodyBytes()))) {
                handler.handle(ctx);
            }
        });
    }

    private void refusals(JavalinConfig config) {
        config.routes.exception(Problem.class, (problem, ctx) -> refuse(ctx, problem));
        config.routes.exception(
                DataException.class, (e, ctx) -> refuse(ctx, Problem.unusable(Pictures.shown(e.getMessage()))));
        config.routes.exception(HttpResponseException.class, (e, ctx) -> refuse(ctx, ProblemPages.of(e.getStatus())));
        config.routes.exception(Exception.class, (e, ctx) -> {
            LOG.error("a request has failed", e);
            refuse(ctx, ProblemPages.of(500));
        });
    }

    private static void refuse(Context ctx, Problem problem) {
        ctx.status(problem.status()).contentType(Problem.MEDIA_TYPE).result(Json.write(problem.members()));
        if (problem.passing()) {
            ctx.header("Retry-After", "1");
        }
        if (problem.status() == 401) {
            ctx.header("WWW-Authenticate", "Bearer");
        }
        if (problem.closing()) {
            ctx.header("Connection", "close");
        }
    }

    private void log(Context ctx, Float milliseconds) {
        String method = METHODS.contains(ctx.req().getMethod()) ? ctx.req().getMethod() : "other";
        var matched = ctx.endpoints().lastHttpEndpoint();
        String route = matched == null ? "none" : matched.path;
        telemetry.answered(
                method,
                route,
                ctx.path(),
                ctx.statusCode(),
                milliseconds,
                ctx.req().getContentLengthLong());
    }

    /** Methods and paths of the API, as its description has them. */
    List<String> routes() {
        return List.copyOf(routes);
    }

    /** The port that it listens on. */
    public int port() {
        return javalin.port();
    }

    /** Where a browser on this machine finds it. */
    public String address() {
        return "http://" + (settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host()) + ":"
                + port();
    }

    /** The number of classifiers that there are. */
    public int classifiers() {
        return handles.size();
    }

    /** Lets nobody in any more, waits for those who are being served, for ten seconds at most, and stops; a second time does nothing. */
    @Override
    public void close() {
        gate.close(PATIENCE_SECONDS);
        sweeping.cancel(false);
        sweeper.shutdownNow();
        javalin.stop();
        workshop.close();
        handles.close();
    }
}
