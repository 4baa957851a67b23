package io.podlab.probe.answer;

import io.podlab.kit.start.Start;
import io.podlab.kit.tls.ServerCertificate;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Future;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The address and ports for gRPC and TCP. */
@Singleton
public class ListenAddress {
  private static final int GRPC = 9090;
  private static final int GRPC_TLS = 9443;
  private static final int TCP = 7070;

  private final String host;
  private final ProbeConfig.Listen listen;
  private final boolean anyPort;

  @Inject
  public ListenAddress(
      ProbeConfig config,
      ServerCertificate certificate,
      @ConfigProperty(name = "quarkus.http.host") String host,
      @ConfigProperty(name = "quarkus.http.port") int httpPort) {
    this(config, certificate.options().map(key -> certificate.port()), host, httpPort);
  }

  /**
   * @param httpsPort empty if TLS is off
   */
  public ListenAddress(ProbeConfig config, Optional<Integer> httpsPort, String host, int httpPort) {
    this.host = host;
    this.listen = config.listen();
    this.anyPort = httpPort == 0;
    Map<Integer, String> variables = new HashMap<>();
    requireUnused(variables, httpPort, "QUARKUS_HTTP_PORT");
    requireUnused(variables, grpcPort(), "LAB_PROBE_LISTEN_GRPC");
    requireUnused(variables, tcpPort(), "LAB_PROBE_LISTEN_TCP");
    if (httpsPort.isPresent()) {
      requireUnused(variables, httpsPort.get(), "LAB_TLS_PORT");
      requireUnused(variables, grpcTlsPort(), "LAB_PROBE_LISTEN_GRPC_TLS");
    } else if (listen.grpcTls().isPresent()) {
      throw new ConfigurationException(
          "LAB_PROBE_LISTEN_GRPC_TLS needs TLS; set LAB_TLS=self-signed, or LAB_TLS_CERTIFICATE and"
              + " LAB_TLS_KEY");
    }
  }

  /** Vert.x would let two servers share one port, and alternate the connections between them. */
  private static void requireUnused(Map<Integer, String> variables, int port, String variable) {
    String other = port == 0 ? null : variables.put(port, variable);
    if (other != null) {
      throw new ConfigurationException(
          "%s and %s are both %d; use different ports".formatted(other, variable, port));
    }
  }

  /** The same address as that of the HTTP port. */
  public String host() {
    return host;
  }

  /** 0 means any free port. */
  public int grpcPort() {
    return port(listen.grpc(), GRPC);
  }

  /** 0 means any free port. */
  public int grpcTlsPort() {
    return port(listen.grpcTls(), GRPC_TLS);
  }

  /** 0 means any free port. */
  public int tcpPort() {
    return port(listen.tcp(), TCP);
  }

  private int port(Optional<Integer> configured, int usual) {
    return configured.orElse(anyPort ? 0 : usual);
  }

  /**
   * Waits until a port is open.
   *
   * @param variable the setting that chooses the port
   * @throws ConfigurationException if the port is in use
   * @throws UncheckedIOException with a QuarkusBindException as its cause, if the address is not an
   *     address of this machine
   */
  public <S> S opened(Future<S> listening, int port, String variable) {
    try {
      return listening.toCompletionStage().toCompletableFuture().get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    } catch (ExecutionException failed) {
      if (!isOfThisMachine(host)) {
        throw new UncheckedIOException(
            new QuarkusBindException(host, port, new BindException(host)));
      }
      if (failed.getCause() instanceof BindException) {
        throw new ConfigurationException(Start.portInUse(port, host, variable));
      }
      throw new IllegalStateException(failed.getCause());
    }
  }

  private static boolean isOfThisMachine(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      return address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (IOException unknown) {
      return false;
    }
  }
}
