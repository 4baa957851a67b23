/** Probes over gRPC: {@code grpc.health.v1.Health}. */
package io.podlab.probe.grpc;
