package io.podlab.lab.lesson;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A fake kubectl that records its calls. */
final class FakeKubectl {
  static final String RUNNING =
      "{\"status\": {\"containerStatuses\": [{\"state\": {\"running\": {}}}]}}";
  static final String WITHOUT_IMAGE =
      "{\"status\": {\"containerStatuses\": [{\"state\": {\"waiting\": {\"reason\": \"ErrImagePull\"}}}]}}";

  private final Path folder;

  FakeKubectl(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    imagePod(RUNNING);
    Files.writeString(
        program(),
        """
        #!/bin/sh
        echo "$*" >>'%1$s/calls'
        case "$*" in
          *--dry-run=server*) ;;
          *"create -f"*)
            if grep -q '"Namespace"' "$3" && [ -f '%1$s/refusal' ]; then cat '%1$s/refusal' >&2; exit 1; fi ;;
          *"delete namespace"*)
            if [ -f '%1$s/no-deletion' ]; then cat '%1$s/no-deletion' >&2; exit 1; fi ;;
          *"-l podlab.io/lesson="*)
            if [ -f '%1$s/outside' ]; then cat '%1$s/outside' >&2; exit 1; fi ;;
          *"get nodes"*) echo node-a ;;
          *"get pod podlab-image-"*) cat '%1$s/pod.json' ;;
          *"--raw /api/v1/namespaces/kube-system"*)
            if [ -f '%1$s/identity' ]; then . '%1$s/identity'; else echo '{"metadata": {"uid": "uid-1"}}'; fi ;;
          *"/version"*) echo '{"gitVersion": "v1.20.2"}' ;;
          *"config view --minify -o json"*) echo '{"current-context": "course",
            "clusters": [{"cluster": {"server": "https://192.0.2.1:6443"}}]}' ;;
          *"config view --minify --flatten --raw -o json"*) echo '{"clusters": [{"cluster":
            {"server": "https://192.0.2.1:6443", "certificate-authority-data": "Q0E="}}]}' ;;
          *"config view"*) echo 'kind: Config' ;;
          *"get namespaces"*) echo '{"items": [{"metadata": {"name": "old-abcde"}, "status": {"phase": "Active"}}]}' ;;
        esac
        """
            .formatted(folder));
    if (!program().toFile().setExecutable(true)) {
      throw new IOException("not executable: " + program());
    }
  }

  Path program() {
    return folder.resolve("kubectl");
  }

  /** Sets the status of the pod that checks an image. */
  void imagePod(String json) throws IOException {
    Files.writeString(folder.resolve("pod.json"), json);
  }

  /** Sets the error for the creation of a namespace. */
  void refuseNamespaces(String words) throws IOException {
    Files.writeString(folder.resolve("refusal"), words);
  }

  /** Sets the error for the deletion of a namespace. */
  void refuseDeletion(String words) throws IOException {
    Files.writeString(folder.resolve("no-deletion"), words);
  }

  /** Sets the error for the deletion of labeled objects outside the namespace. */
  void refuseOutside(String words) throws IOException {
    Files.writeString(folder.resolve("outside"), words);
  }

  /** Sets the commands that answer a request for the namespace kube-system. */
  void identity(String commands) throws IOException {
    Files.writeString(folder.resolve("identity"), commands + "\n");
  }

  List<String> calls() throws IOException {
    Path calls = folder.resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }
}
