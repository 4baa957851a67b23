package io.podlab.kit.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
  @Test
  void allowsOnlyItsOwnStyleAndScript() {
    // When
    Page page = Page.of("<style>a{}</style><script>b()</script>");

    // Then
    assertThat(page.securityPolicy())
        .startsWith("default-src 'none'; ")
        .contains("style-src 'sha256-X1RutGBrXCt9KkSaXMK7tHftWiRscFHOhxsS8tv8hBk=';")
        .contains("script-src 'sha256-cf242PFc/kb7xD0Qzhsmd9vvRkc+cWFmbi+k+YvtdKc=';")
        .doesNotContain("unsafe", "http", "*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "</script><script>alert(1)</script>",
        "</SCRIPT >",
        "<!--<script>",
        "]]>",
        "<",
        "\\u003c/script>",
        "\u2028\u2029",
        "\"'&amp;&",
        "$1 \\$0",
      })
  void escapesInitialDataSoThatItCannotCloseItsElement(String text) throws Exception {
    // Given
    Page page =
        Page.of(
            "<style></style><script type=\"application/json\" id=\"first\"></script><script>b()</script>");
    ObjectMapper mapper = new ObjectMapper();

    // When
    String html = page.showing(mapper.writeValueAsString(Map.of("text", text)));

    // Then: the first script end tag that an HTML parser finds is that of the data.
    String data = html.substring(html.indexOf("id=\"first\">") + 11, html.indexOf("</script"));
    assertThat(data).doesNotContain("<");
    assertThat(mapper.readTree(data).path("text").asText()).isEqualTo(text);
    assertThat(html).endsWith("</script><script>b()</script>");
    assertThat(page.securityPolicy()).isEqualTo(Page.of(html).securityPolicy());
  }
}
