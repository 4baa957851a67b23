package io.podlab.probe.grpc;

import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import io.grpc.health.v1.HealthProto;
import io.grpc.reflection.v1.ListServiceResponse;
import io.grpc.reflection.v1.ServerReflectionProto;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServerReflectionResponse.MessageResponseCase;
import io.vertx.core.Vertx;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Answers {@code ServerReflectionInfo} (grpc/doc/server-reflection.md), so that {@code grpcurl}
 * needs no proto file. Older tools know only v1alpha, whose messages have the same encoding.
 */
final class Reflection {
  static final ServiceMethod<ServerReflectionRequest, ServerReflectionResponse> V1 = method("v1");
  static final ServiceMethod<ServerReflectionRequest, ServerReflectionResponse> V1_ALPHA =
      method("v1alpha");

  private static final Logger LOG = Logger.getLogger(Reflection.class);

  private Reflection() {}

  private static ServiceMethod<ServerReflectionRequest, ServerReflectionResponse> method(
      String version) {
    return ServiceMethod.server(
        ServiceName.create("grpc.reflection." + version + ".ServerReflection"),
        "ServerReflectionInfo",
        GrpcMessageEncoder.encoder(),
        GrpcMessageDecoder.decoder(ServerReflectionRequest.parser()));
  }

  /** Reads each message only after the answer to the previous one is sent. */
  static void serve(
      GrpcServerRequest<ServerReflectionRequest, ServerReflectionResponse> request,
      HealthServer.OpenStream stream) {
    request
        .pause()
        .invalidMessageHandler(
            invalid ->
                stream.end(
                    GrpcStatus.INVALID_ARGUMENT,
                    "the message is invalid, or larger than %d bytes"
                        .formatted(HealthServer.LONGEST_MESSAGE)))
        .endHandler(end -> stream.end(GrpcStatus.OK, ""))
        .handler(
            message ->
                // The first answer loads the descriptors, which is slow with little CPU.
                Vertx.currentContext()
                    .executeBlocking(() -> answer(message))
                    .onSuccess(
                        answer -> {
                          if (stream.isOpen()) {
                            request.response().write(answer).onSuccess(sent -> request.fetch(1));
                          }
                        })
                    .onFailure(
                        bug -> {
                          LOG.error("cannot answer a reflection request", bug);
                          stream.end(GrpcStatus.INTERNAL, "internal error; see the service's log");
                        }))
        .fetch(1);
  }

  static ServerReflectionResponse answer(ServerReflectionRequest request) {
    ServerReflectionResponse.Builder response =
        ServerReflectionResponse.newBuilder()
            .setValidHost(request.getHost())
            .setOriginalRequest(request);
    String name = request.getFileByFilename();
    String symbol = request.getFileContainingSymbol();
    switch (request.getMessageRequestCase()) {
      case LIST_SERVICES -> {
        ListServiceResponse.Builder list = response.getListServicesResponseBuilder();
        for (FileDescriptor file : Protos.FILES) {
          file.getServices().forEach(one -> list.addServiceBuilder().setName(one.getFullName()));
        }
      }
      case FILE_BY_FILENAME -> add(response, file -> file.getName().equals(name));
      case FILE_CONTAINING_SYMBOL ->
          add(response, file -> Protos.symbols(file).anyMatch(symbol::equals));
      case FILE_CONTAINING_EXTENSION, ALL_EXTENSION_NUMBERS_OF_TYPE, MESSAGEREQUEST_NOT_SET ->
          error(response, GrpcStatus.UNIMPLEMENTED, "not implemented; use list_services");
    }
    if (response.getMessageResponseCase() == MessageResponseCase.MESSAGERESPONSE_NOT_SET) {
      error(response, GrpcStatus.NOT_FOUND, "not found; use list_services to see what exists");
    }
    return response.build();
  }

  private static void add(
      ServerReflectionResponse.Builder response, Predicate<FileDescriptor> wanted) {
    Protos.FILES.stream()
        .filter(wanted)
        .map(file -> file.toProto().toByteString())
        .forEach(file -> response.getFileDescriptorResponseBuilder().addFileDescriptorProto(file));
  }

  private static void error(
      ServerReflectionResponse.Builder response, GrpcStatus status, String why) {
    response.getErrorResponseBuilder().setErrorCode(status.code).setErrorMessage(why);
  }

  private static final class Protos {
    /** None of these files imports another one, or nests a message in a message. */
    @SuppressWarnings("deprecation")
    static final List<FileDescriptor> FILES =
        List.of(
            HealthProto.getDescriptor(),
            ServerReflectionProto.getDescriptor(),
            io.grpc.reflection.v1alpha.ServerReflectionProto.getDescriptor());

    static Stream<String> symbols(FileDescriptor file) {
      return Stream.of(
              file.getServices().stream(),
              file.getServices().stream().flatMap(service -> service.getMethods().stream()),
              file.getMessageTypes().stream(),
              file.getMessageTypes().stream().flatMap(type -> type.getFields().stream()),
              file.getMessageTypes().stream().flatMap(type -> type.getEnumTypes().stream()))
          .flatMap(symbols -> symbols.map(GenericDescriptor::getFullName));
    }
  }
}
