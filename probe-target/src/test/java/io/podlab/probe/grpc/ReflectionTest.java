package io.podlab.probe.grpc;

import static io.restassured.RestAssured.when;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.health.v1.HealthProto;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uses the Java client of grpc.io. */
@QuarkusTest
class ReflectionTest {
  @Inject HealthServer server;

  private ManagedChannel channel;
  private final Answers answers = new Answers();

  @BeforeEach
  void connect() {
    channel = NettyChannelBuilder.forAddress("localhost", server.port()).usePlaintext().build();
  }

  @AfterEach
  void disconnect() {
    channel.shutdownNow();
    await().until(() -> server.streams() == 0);
  }

  private StreamObserver<ServerReflectionRequest> open() {
    return ServerReflectionGrpc.newStub(channel).serverReflectionInfo(answers);
  }

  private static ServerReflectionRequest symbol(String name) {
    return ServerReflectionRequest.newBuilder().setFileContainingSymbol(name).build();
  }

  private static ServerReflectionRequest file(String name) {
    return ServerReflectionRequest.newBuilder().setFileByFilename(name).build();
  }

  private static ServerReflectionRequest list() {
    return ServerReflectionRequest.newBuilder().setListServices("*").build();
  }

  private static FileDescriptorProto only(ServerReflectionResponse response)
      throws InvalidProtocolBufferException {
    assertThat(response.getFileDescriptorResponse().getFileDescriptorProtoList()).hasSize(1);
    return FileDescriptorProto.parseFrom(
        response.getFileDescriptorResponse().getFileDescriptorProto(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v1alpha"})
  void listsItsServicesInBothVersionsOfTheProtocol(String version) {
    // When
    StreamObserver<ServerReflectionRequest> requests =
        ClientCalls.asyncBidiStreamingCall(
            channel.newCall(
                ServerReflectionGrpc.getServerReflectionInfoMethod().toBuilder()
                    .setFullMethodName(
                        "grpc.reflection." + version + ".ServerReflection/ServerReflectionInfo")
                    .build(),
                CallOptions.DEFAULT.withDeadlineAfter(10, SECONDS)),
            answers);
    requests.onNext(list());
    requests.onCompleted();

    // Then
    await().until(() -> answers.end == Status.Code.OK);
    assertThat(answers.received.remove().getListServicesResponse().getServiceList())
        .extracting(ServiceResponse::getName)
        .containsExactly(
            "grpc.health.v1.Health",
            "grpc.reflection.v1.ServerReflection",
            "grpc.reflection.v1alpha.ServerReflection");
    when()
        .get("/metrics")
        .then()
        .body(
            containsString(
                "uri=\"/grpc.reflection.%s.ServerReflection/ServerReflectionInfo\""
                    .formatted(version)));
  }

  @Test
  void answersEachRequestOfAStreamInOrder() {
    // When
    StreamObserver<ServerReflectionRequest> requests = open();
    for (int i = 0; i < 100; i++) {
      requests.onNext(file("file" + i));
    }
    requests.onCompleted();

    // Then
    await().until(() -> answers.end == Status.Code.OK);
    assertThat(answers.received)
        .extracting(answer -> answer.getOriginalRequest().getFileByFilename())
        .hasSize(100)
        .startsWith("file0", "file1")
        .endsWith("file98", "file99");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grpc.health.v1.Health",
        "grpc.health.v1.Health.Watch",
        "grpc.health.v1.HealthCheckResponse",
        "grpc.health.v1.HealthCheckResponse.status",
        "grpc.health.v1.HealthCheckResponse.ServingStatus"
      })
  void findsTheFileOfASymbol(String name) throws InvalidProtocolBufferException {
    // When
    FileDescriptorProto file = only(Reflection.answer(symbol(name)));

    // Then
    assertThat(file).isEqualTo(HealthProto.getDescriptor().toProto());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grpc/health/v1/health.proto",
        "grpc/reflection/v1/reflection.proto",
        "grpc/reflection/v1alpha/reflection.proto"
      })
  void sendsFilesThatNeedNoOtherFile(String name) throws Exception {
    // When
    FileDescriptorProto file = only(Reflection.answer(file(name)));

    // Then
    assertThat(file.getName()).isEqualTo(name);
    assertThat(FileDescriptor.buildFrom(file, new FileDescriptor[0]).getMessageTypes())
        .isNotEmpty()
        .flatMap(Descriptor::getNestedTypes)
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nope", "grpc.health.v1", "grpc.health.v1.Health.List"})
  void answersNotFoundForUnknownNames(String name) {
    for (ServerReflectionRequest request : List.of(symbol(name), file(name))) {
      // When
      ServerReflectionResponse response = Reflection.answer(request);

      // Then
      assertThat(response.getErrorResponse().getErrorCode())
          .isEqualTo(Status.Code.NOT_FOUND.value());
      assertThat(response.getErrorResponse().getErrorMessage()).contains("list_services");
      assertThat(response.getOriginalRequest()).isEqualTo(request);
    }
  }

  @Test
  void answersUnimplementedToOtherRequests() {
    for (ServerReflectionRequest request :
        List.of(
            ServerReflectionRequest.getDefaultInstance(),
            ServerReflectionRequest.newBuilder()
                .setAllExtensionNumbersOfType("grpc.health.v1.HealthCheckRequest")
                .build())) {
      assertThat(Reflection.answer(request).getErrorResponse().getErrorCode())
          .isEqualTo(Status.Code.UNIMPLEMENTED.value());
    }
  }

  @Test
  void endsAStreamWithALongMessage() {
    // When
    StreamObserver<ServerReflectionRequest> requests = open();
    requests.onNext(list());
    requests.onNext(symbol("x".repeat(10_000)));
    requests.onNext(list());

    // Then
    await().until(() -> answers.end == Status.Code.INVALID_ARGUMENT);
    await().until(() -> server.streams() == 0);
  }

  private static final class Answers implements StreamObserver<ServerReflectionResponse> {
    final Queue<ServerReflectionResponse> received = new ConcurrentLinkedQueue<>();
    volatile Status.Code end;

    @Override
    public void onNext(ServerReflectionResponse response) {
      received.add(response);
    }

    @Override
    public void onError(Throwable failure) {
      end = Status.fromThrowable(failure).getCode();
    }

    @Override
    public void onCompleted() {
      end = Status.Code.OK;
    }
  }
}
