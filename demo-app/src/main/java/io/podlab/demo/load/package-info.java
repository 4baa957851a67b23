/**
 * Sends requests at a steady rate and tells which pods answered them: a client for demos of
 * Services, rollouts and hooks, which runs where the pods can be reached.
 */
package io.podlab.demo.load;
