package org.deutero.spark;

import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A real standalone cluster on loopback: a master and workers as processes of their own, from the jars of the class path by class name, as the guide starts them. */
final class Cluster implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private final List<Process> processes = new ArrayList<>();
    private final int port;

    /**
     * Starts a master and workers of one core each.
     *
     * @param home folder that becomes SPARK_HOME
     */
    Cluster(Path home, int workers) throws IOException {
        link(home.resolve("jars"));
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
            port = free.getLocalPort();
        }
        start(home, "master", "master.Master", "--host", LOOPBACK, "--port", String.valueOf(port), "--webui-port", "0");
        await(home.resolve("master.log"));
        for (int i = 0; i < workers; i++) {
            start(
                    home,
                    "worker" + i,
                    "worker.Worker",
                    "--host",
                    LOOPBACK,
                    "--webui-port",
                    "0",
                    "--cores",
                    "1",
                    "--memory",
                    "1g",
                    "--work-dir",
                    home.resolve("work").toString(),
                    master());
        }
    }

    String master() {
        return "spark://" + LOOPBACK + ":" + port;
    }

    /** The processes of executors that workers of this cluster have started. */
    List<ProcessHandle> executors() {
        return processes.stream()
                .flatMap(Process::descendants)
                .filter(ProcessHandle::isAlive)
                .toList();
    }

    private void await(Path log) throws IOException {
        for (long end = System.nanoTime() + 60_000_000_000L; ; ) {
            try (Socket there = new Socket(LOOPBACK, port)) {
                return;
            } catch (ConnectException e) {
                if (!processes.get(0).isAlive() || System.nanoTime() > end) {
                    throw new IllegalStateException("no master has started: " + Files.readString(log), e);
                }
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private static void link(Path jars) throws IOException {
        Files.createDirectories(jars);
        for (Path jar : OwnJars.everything()) {
            Path link = jars.resolve(jar.getFileName());
            if (jar.toString().endsWith(".jar") && !Files.exists(link)) {
                Files.createSymbolicLink(link, jar);
            }
        }
    }

    private void start(Path home, String name, String main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
        command.add(home.resolve("jars") + File.separator + "*");
        command.add("org.apache.spark.deploy." + main);
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve(name + ".log").toFile());
        builder.environment().put("SPARK_HOME", home.toString());
        builder.environment().put("SPARK_LOCAL_IP", LOOPBACK);
        processes.add(builder.start());
    }

    @Override
    public void close() {
        List<ProcessHandle> all = processes.stream()
                .flatMap(process -> java.util.stream.Stream.concat(
                        process.descendants(), java.util.stream.Stream.of(process.toHandle())))
                .collect(Collectors.toList());
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
