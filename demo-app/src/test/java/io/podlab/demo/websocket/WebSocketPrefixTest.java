package io.podlab.demo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.podlab.demo.prefix.PrefixTest;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(PrefixTest.Demo.class)
class WebSocketPrefixTest {
  @TestHTTPResource("/demo/ws")
  URI uri;

  @Test
  void echoesUnderThePrefixAndIsCountedOnceWithoutIt() throws Exception {
    // Given
    int before = Upgrade.counted();

    // When
    Client client = new Client(URI.create(uri.toString().replace("http:", "ws:")));
    client.sendText("hello", true);

    // Then
    await().untilAsserted(() -> assertThat(client.received()).containsExactly("text hello, last"));
    assertThat(Upgrade.counted()).isEqualTo(before + 1);
    client.socket().abort();
  }
}
