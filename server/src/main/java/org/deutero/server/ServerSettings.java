package org.deutero.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.deutero.tasks.DataException;

/**
 * How a server is run.
 *
 * @param host the address or name that it listens on
 * @param port its port; 0 takes any that is free
 * @param token what clients must show, as {@code Authorization: Bearer TOKEN}; needed beyond loopback
 * @param folder where classifiers are kept, a sub-folder for each learner; without, all are gone with the server
 * @param limits what clients may ask for
 * @param log gets one JSON object for each request that was answered
 */
public record ServerSettings(
        String host,
        int port,
        Optional<String> token,
        Optional<Path> folder,
        ServerLimits limits,
        Consumer<String> log) {
    /** The address that only this machine reaches. */
    public static final String LOOPBACK = "127.0.0.1";

    /** A token that is shorter can be guessed. */
    public static final int SHORTEST_TOKEN = 16;

    /** Refuses a port that there is not, a short token, and an address that others reach without any token. @throws DataException in one sentence */
    public ServerSettings {
        if (port < 0 || port > 65_535) {
            throw new DataException("a port is a number from 0 to 65535, not " + port);
        }
        token.ifPresent(ServerSettings::checkToken);
        if (token.isEmpty() && !isLoopback(host)) {
            throw new DataException("whoever reaches " + host
                    + " could use this server; beyond loopback it needs a token of at least " + SHORTEST_TOKEN
                    + " characters, in the variable DEUTERO_TOKEN or the file of --token-file");
        }
    }

    private static void checkToken(String token) {
        if (token.length() < SHORTEST_TOKEN || !token.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new DataException("a token has at least " + SHORTEST_TOKEN
                    + " characters, all of them printable ASCII without blanks");
        }
    }

    /** On loopback, at any free port, nothing kept and nothing logged. */
    public static ServerSettings local() {
        return new ServerSettings(LOOPBACK, 0, Optional.empty(), Optional.empty(), ServerLimits.DEFAULT, line -> {});
    }

    /** The same with classifiers kept in a folder. */
    public ServerSettings keptIn(Path other) {
        return new ServerSettings(host, port, token, Optional.of(other), limits, log);
    }

    /** The same with other limits. */
    public ServerSettings with(ServerLimits other) {
        return new ServerSettings(host, port, token, folder, other, log);
    }

    /** The same with a token. */
    public ServerSettings with(String other) {
        return new ServerSettings(host, port, Optional.of(other), folder, limits, log);
    }

    /** The same with a log. */
    public ServerSettings with(Consumer<String> other) {
        return new ServerSettings(host, port, token, folder, limits, other);
    }

    /** Whether only this machine reaches it. */
    public boolean loopback() {
        return isLoopback(host);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new DataException("there is no address " + host + " to listen on", e);
        }
    }
}
