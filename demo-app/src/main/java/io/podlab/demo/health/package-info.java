/** Endpoints for liveness and readiness probes, whose answers can be set. */
package io.podlab.demo.health;
