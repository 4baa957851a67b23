package io.podlab.demo.identity;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;

/**
 * Facts that the machine or container knows, for those that the manifest does not set.
 *
 * @param name the host name; in a pod, the name of the pod
 * @param namespace namespace of the mounted service account
 * @param address address of the first interface that is up and not loopback
 */
record Host(String name, Optional<String> namespace, Optional<String> address) {
  private static final Path NAMESPACE =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount/namespace");
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  static Host current() {
    return new Host(hostName(), read(NAMESPACE), firstAddress());
  }

  private static String hostName() {
    return read(HOST_NAME)
        .orElseGet(
            () -> {
              try {
                return InetAddress.getLocalHost().getHostName();
              } catch (UnknownHostException noName) {
                return "localhost";
              }
            });
  }

  private static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
    } catch (IOException absent) {
      return Optional.empty();
    }
  }

  private static Optional<String> firstAddress() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(Host::isUsable)
          .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLinkLocalAddress())
          // For a pod with both families, Kubernetes lists the IPv4 address first.
          .min(Comparator.comparing(address -> !(address instanceof Inet4Address)))
          .map(address -> address.getHostAddress().replaceFirst("%.*", ""));
    } catch (SocketException noNetwork) {
      return Optional.empty();
    }
  }

  private static boolean isUsable(NetworkInterface network) {
    try {
      return network.isUp() && !network.isLoopback();
    } catch (SocketException gone) {
      return false;
    }
  }
}
