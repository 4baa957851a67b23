package io.podlab.probe.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.podlab.kit.http.PlainText;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** All three probes, and the ports and files of each mechanism. */
public record Overview(List<ProbeStatus> probes, Mechanisms mechanisms) implements PlainText {
  /** The mechanisms other than HTTP. */
  @Schema(name = "Mechanisms")
  public record Mechanisms(Grpc grpc, Tcp tcp, Exec exec) {}

  /**
   * The gRPC ports.
   *
   * @param tlsPort null if TLS is off
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Grpc(int port, Integer tlsPort) {}

  /**
   * The TCP port.
   *
   * @param schedule null if the port follows the liveness probe
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Tcp(int port, boolean open, String schedule) {}

  /**
   * The files of exec probes.
   *
   * @param written false if the directory is not writable
   */
  public record Exec(boolean written, List<File> files) {}

  /** The file of one probe. */
  public record File(String probe, String path, boolean present) {}

  @Override
  public String plainText() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(ProbeStatus.COLUMNS);
    probes.forEach(probe -> rows.add(probe.row()));
    StringBuilder text = new StringBuilder(Table.of(rows));
    text.append("\nhttp  /healthz and /livez (liveness), /readyz, /startupz\n");
    Grpc grpc = mechanisms.grpc();
    text.append("grpc  port ").append(grpc.port());
    text.append(grpc.tlsPort() == null ? "" : ", port " + grpc.tlsPort() + " with TLS");
    text.append(", services liveness (also the empty name), readiness, startup\n");
    Tcp tcp = mechanisms.tcp();
    text.append("tcp   port ").append(tcp.port()).append(tcp.open() ? ", open, " : ", closed, ");
    text.append(tcp.schedule() == null ? "follows liveness" : "LAB_PROBE_TCP=" + tcp.schedule());
    text.append("; refused connections are not recorded\n");
    text.append("exec  ").append(exec()).append("; exec probes are not recorded\n");
    return text.toString();
  }

  private String exec() {
    if (!mechanisms.exec().written()) {
      return "cannot write the files; set LAB_PROBE_FILES to a writable directory";
    }
    StringBuilder files = new StringBuilder();
    for (File file : mechanisms.exec().files()) {
      files.append(files.isEmpty() ? "" : ", ").append(file.path());
      files.append(file.present() ? " exists" : " is missing");
    }
    return files.toString();
  }
}
