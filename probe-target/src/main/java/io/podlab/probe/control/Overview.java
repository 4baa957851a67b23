package io.podlab.probe.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.podlab.kit.http.PlainText;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** All three probes, and where each mechanism asks. */
public record Overview(
    @JsonProperty @Schema(implementation = ProbeStatus.Fields.class, type = SchemaType.ARRAY)
        List<ProbeStatus> probes,
    @JsonProperty Mechanisms mechanisms)
    implements PlainText {
  /** Where else than over HTTP. */
  @Schema(name = "Mechanisms")
  public record Mechanisms(
      @JsonProperty Grpc grpc, @JsonProperty Tcp tcp, @JsonProperty Exec exec) {}

  /** The gRPC port. */
  public record Grpc(@JsonProperty int port) {}

  /**
   * The TCP port.
   *
   * @param schedule its own, if it does not follow the liveness probe
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Tcp(
      @JsonProperty int port, @JsonProperty boolean open, @JsonProperty String schedule) {}

  /**
   * The files of exec probes.
   *
   * @param written false if they cannot be
   */
  public record Exec(@JsonProperty boolean written, @JsonProperty List<File> files) {}

  /** One of them. */
  public record File(
      @JsonProperty String probe, @JsonProperty String path, @JsonProperty boolean present) {}

  @Override
  public String plainText() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(ProbeStatus.COLUMNS);
    probes.forEach(probe -> rows.add(probe.row()));
    StringBuilder text = new StringBuilder(Table.of(rows));
    text.append("\nhttp  /healthz and /livez (liveness), /readyz, /startupz\n");
    text.append("grpc  port ").append(mechanisms.grpc().port());
    text.append(", services liveness (and none), readiness, startup\n");
    Tcp tcp = mechanisms.tcp();
    text.append("tcp   port ").append(tcp.port()).append(tcp.open() ? ", open, " : ", closed, ");
    text.append(tcp.schedule() == null ? "follows liveness" : "by LAB_PROBE_TCP=" + tcp.schedule());
    text.append("; a refused connection is not seen here\n");
    text.append("exec  ").append(exec()).append("; who asks for them is not seen here\n");
    return text.toString();
  }

  private String exec() {
    if (!mechanisms.exec().written()) {
      return "the files cannot be written";
    }
    StringBuilder files = new StringBuilder();
    for (File file : mechanisms.exec().files()) {
      files.append(files.isEmpty() ? "" : ", ").append(file.path());
      files.append(file.present() ? " is there" : " is not there");
    }
    return files.toString();
  }
}
