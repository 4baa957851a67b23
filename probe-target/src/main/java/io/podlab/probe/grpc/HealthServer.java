package io.podlab.probe.grpc;

import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.podlab.kit.tls.ServerCertificate;
import io.podlab.probe.answer.HangingProbes;
import io.podlab.probe.answer.ListenAddress;
import io.podlab.probe.answer.Mechanism;
import io.podlab.probe.answer.Probe;
import io.podlab.probe.answer.ProbeRequest;
import io.podlab.probe.answer.ProbeType;
import io.podlab.probe.answer.Probes;
import io.podlab.probe.answer.Transitions;
import io.podlab.probe.answer.Uptime;
import io.podlab.probe.schedule.State;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Serves {@code grpc.health.v1.Health} (grpc/doc/health-checking.md): {@code Check} and {@code
 * Watch} for the services {@code liveness}, {@code readiness} and {@code startup}. The empty name
 * means liveness. Also serves {@link Reflection}.
 */
@Singleton
public class HealthServer {
  /** The maximum number of streams; further streams get RESOURCE_EXHAUSTED. */
  private static final int MOST_STREAMS = 1000;

  /** A request contains only one name. */
  static final int LONGEST_MESSAGE = 4096;

  private static final int LONGEST_SHOWN = 40;

  private static final ServiceName HEALTH = ServiceName.create("grpc.health.v1.Health");
  private static final ServiceMethod<HealthCheckRequest, HealthCheckResponse> CHECK =
      method("Check");
  private static final ServiceMethod<HealthCheckRequest, HealthCheckResponse> WATCH =
      method("Watch");

  /** The paths of the methods. */
  private static final Set<String> PATHS =
      Stream.<ServiceMethod<?, ?>>of(CHECK, WATCH, Reflection.V1, Reflection.V1_ALPHA)
          .map(method -> "/" + method.fullMethodName())
          .collect(Collectors.toUnmodifiableSet());

  private static final String STOPPING = "the service is shutting down";
  private static final String REFUSED = "/REFUSED";
  private static final String REQUEST = HealthServer.class.getName();

  private final Probes probes;
  private final HangingProbes hanging;
  private final Uptime uptime;
  private final Vertx vertx;
  private final ListenAddress address;
  private final Optional<KeyCertOptions> certificate;
  private final Connections connections;
  private final Semaphore streamsLeft;
  private final Set<OpenStream> streams = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;
  private int port;
  private Optional<Integer> tlsPort = Optional.empty();

  @Inject
  public HealthServer(
      Probes probes,
      HangingProbes hanging,
      Uptime uptime,
      Vertx vertx,
      ListenAddress address,
      ServerCertificate certificate) {
    this(
        probes,
        hanging,
        uptime,
        vertx,
        address,
        certificate.options(),
        new Connections(vertx),
        MOST_STREAMS);
  }

  HealthServer(
      Probes probes,
      HangingProbes hanging,
      Uptime uptime,
      Vertx vertx,
      ListenAddress address,
      Optional<KeyCertOptions> certificate,
      Connections connections,
      int mostStreams) {
    this.probes = probes;
    this.hanging = hanging;
    this.uptime = uptime;
    this.vertx = vertx;
    this.address = address;
    this.certificate = certificate;
    this.connections = connections;
    this.streamsLeft = new Semaphore(mostStreams);
  }

  void start(@Observes StartupEvent starting) {
    GrpcServer grpc =
        GrpcServer.server(vertx, new GrpcServerOptions().setMaxMessageSize(LONGEST_MESSAGE))
            .callHandler(CHECK, request -> first(request, this::check))
            .callHandler(WATCH, request -> first(request, this::watch))
            .callHandler(Reflection.V1, this::reflect)
            .callHandler(Reflection.V1_ALPHA, this::reflect);
    port = listen(grpc, new HttpServerOptions(), address.grpcPort(), "LAB_PROBE_LISTEN_GRPC");
    tlsPort =
        certificate.map(
            key ->
                listen(
                    grpc,
                    ServerCertificate.encrypted(new HttpServerOptions(), key, HttpVersion.HTTP_2),
                    address.grpcTlsPort(),
                    "LAB_PROBE_LISTEN_GRPC_TLS"));
  }

  private int listen(GrpcServer grpc, HttpServerOptions options, int wanted, String variable) {
    return address
        .opened(
            vertx
                .createHttpServer(
                    connections.bounded(options.setHost(address.host()).setPort(wanted)))
                .connectionHandler(connections::opened)
                .requestHandler(request -> route(request, grpc))
                .listen(),
            wanted,
            variable)
        .actualPort();
  }

  public int port() {
    return port;
  }

  /** Empty if TLS is off. */
  public Optional<Integer> tlsPort() {
    return tlsPort;
  }

  private static ServiceMethod<HealthCheckRequest, HealthCheckResponse> method(String name) {
    return ServiceMethod.server(
        HEALTH,
        name,
        GrpcMessageEncoder.encoder(),
        GrpcMessageDecoder.decoder(HealthCheckRequest.parser()));
  }

  private static void route(HttpServerRequest request, GrpcServer grpc) {
    // The label of the HTTP metrics, which would otherwise be a path that a client can choose.
    Vertx.currentContext()
        .putLocal("UrlPathTemplate", PATHS.contains(request.path()) ? request.path() : REFUSED);
    if (request.version() == HttpVersion.HTTP_2) {
      Vertx.currentContext().putLocal(REQUEST, request);
      grpc.handle(request);
    } else {
      request
          .response()
          .setStatusCode(400)
          .putHeader("Content-Type", "text/plain;charset=UTF-8")
          .putHeader("Connection", "close")
          .end(
              "400 Bad Request: this port accepts only gRPC over HTTP/2: grpc.health.v1.Health, or"
                  + " reflection\n")
          .onComplete(done -> request.connection().close());
    }
  }

  private interface Method {
    void handle(
        Optional<Probe> probe,
        GrpcServerRequest<HealthCheckRequest, HealthCheckResponse> request,
        String service);
  }

  private void first(
      GrpcServerRequest<HealthCheckRequest, HealthCheckResponse> request, Method method) {
    request
        .last()
        .onSuccess(
            message -> {
              if (message == null) {
                refuse(request, GrpcStatus.INVALID_ARGUMENT, "the HealthCheckRequest is missing");
              } else {
                method.handle(named(message.getService()), request, message.getService());
              }
            });
  }

  private Optional<Probe> named(String service) {
    Optional<ProbeType> type =
        service.isEmpty() ? Optional.of(ProbeType.LIVENESS) : ProbeType.of(service);
    return type.map(probes::get);
  }

  private void check(
      Optional<Probe> named,
      GrpcServerRequest<HealthCheckRequest, HealthCheckResponse> request,
      String service) {
    if (named.isEmpty()) {
      refuse(
          request,
          GrpcStatus.NOT_FOUND,
          "no service named '%s'; use %s, or the empty name for liveness"
              .formatted(shown(service), ProbeType.labels()));
      return;
    }
    Probe probe = named.get();
    ProbeRequest probed =
        probe.answer(Mechanism.GRPC, request.connection().remoteAddress(), request.headers());
    switch (probed.answer()) {
      case OK -> request.response().end(response(ServingStatus.SERVING));
      case FAIL -> request.response().end(response(ServingStatus.NOT_SERVING));
      case HANG -> hang(probe, probed, request);
      case DROP -> request.response().cancel();
    }
  }

  /** Short, and printable ASCII, which gRPC does not percent-encode in a header. */
  private static String shown(String service) {
    String plain = service.replaceAll("[^\\x20-\\x7e]", "?");
    return plain.length() <= LONGEST_SHOWN ? plain : plain.substring(0, LONGEST_SHOWN) + "...";
  }

  private void hang(
      Probe probe,
      ProbeRequest probed,
      GrpcServerRequest<HealthCheckRequest, HealthCheckResponse> request) {
    GrpcServerResponse<HealthCheckRequest, HealthCheckResponse> response = request.response();
    Optional<HangingProbes.Pending> pending =
        hanging.hold(() -> response.end(response(ServingStatus.SERVING)), response::cancel);
    if (pending.isEmpty()) {
      response.cancel();
      return;
    }
    Runnable endPings = connections.keepAlive(request.connection());
    onClose(
        () -> {
          endPings.run();
          if (pending.get().release()) {
            probe.left(probed);
          }
        });
  }

  /**
   * Calls back when the stream of this call ends for any reason. Vert.x gRPC has no such event, and
   * uses the exception handler of the response itself, so this uses the HTTP response.
   */
  private static void onClose(Runnable callback) {
    HttpServerRequest request = Vertx.currentContext().getLocal(REQUEST);
    request.response().closeHandler(closed -> callback.run());
  }

  private static HealthCheckResponse response(ServingStatus status) {
    return HealthCheckResponse.newBuilder().setStatus(status).build();
  }

  private static void refuse(GrpcServerRequest<?, ?> request, GrpcStatus status, String why) {
    request.response().status(status).statusMessage(why).end();
  }

  private void watch(
      Optional<Probe> named,
      GrpcServerRequest<HealthCheckRequest, HealthCheckResponse> request,
      String service) {
    Watch watch = new Watch(request);
    open(watch, () -> watch.begin(named));
  }

  private void reflect(GrpcServerRequest<ServerReflectionRequest, ServerReflectionResponse> call) {
    OpenStream stream = new OpenStream(call);
    open(stream, () -> Reflection.serve(call, stream));
  }

  private void open(OpenStream stream, Runnable begin) {
    if (closed) {
      refuse(stream.request, GrpcStatus.UNAVAILABLE, STOPPING);
    } else if (!streamsLeft.tryAcquire()) {
      refuse(stream.request, GrpcStatus.RESOURCE_EXHAUSTED, "too many streams; try again later");
    } else {
      stream.endPings = connections.keepAlive(stream.request.connection());
      streams.add(stream);
      onClose(stream::end);
      begin.run();
      if (closed) {
        stream.end(GrpcStatus.UNAVAILABLE, STOPPING);
      }
    }
  }

  /** The number of open streams. */
  int streams() {
    return streams.size();
  }

  void stop(@Observes ShutdownDelayInitiatedEvent stopping) {
    closed = true;
    streams.forEach(stream -> stream.end(GrpcStatus.UNAVAILABLE, STOPPING));
  }

  /** A stream that stays open until its client ends it. */
  class OpenStream {
    private final GrpcServerRequest<?, ?> request;
    private final Context context = vertx.getOrCreateContext();
    private Runnable endPings;

    OpenStream(GrpcServerRequest<?, ?> request) {
      this.request = request;
    }

    boolean isOpen() {
      return streams.contains(this);
    }

    /** Returns false if the stream had already ended. */
    boolean end() {
      boolean first = streams.remove(this);
      if (first) {
        endPings.run();
        streamsLeft.release();
      }
      return first;
    }

    void end(GrpcStatus status, String why) {
      if (end()) {
        context.runOnContext(now -> refuse(request, status, why));
      }
    }
  }

  /** A stream that sends every change. */
  private final class Watch extends OpenStream {
    private final GrpcServerResponse<HealthCheckRequest, HealthCheckResponse> response;
    private Optional<Transitions> transitions = Optional.empty();
    private boolean outdated;

    Watch(GrpcServerRequest<HealthCheckRequest, HealthCheckResponse> request) {
      super(request);
      this.response = request.response();
    }

    void begin(Optional<Probe> probe) {
      if (probe.isEmpty()) {
        // The protocol keeps the stream open, because the service could appear later.
        response.write(response(ServingStatus.SERVICE_UNKNOWN));
        return;
      }
      response.drainHandler(
          room -> {
            if (outdated) {
              outdated = false;
              send(probe.get().timeline().state());
            }
          });
      transitions =
          Optional.of(
              Transitions.watch(probe.get().timeline(), uptime, vertx, (before, now) -> send(now)));
    }

    private void send(State state) {
      if (response.writeQueueFull()) {
        // The client does not read. Send only the latest state when it reads again.
        outdated = true;
        return;
      }
      switch (state) {
        case OK -> response.write(response(ServingStatus.SERVING));
        case FAIL -> response.write(response(ServingStatus.NOT_SERVING));
        case HANG -> {
          // No message.
        }
        case DROP -> {
          end();
          response.cancel();
        }
      }
    }

    @Override
    boolean end() {
      transitions.ifPresent(Transitions::end);
      return super.end();
    }
  }
}
