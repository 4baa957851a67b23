/**
 * Sends requests at a steady rate and reports which pods answer: a client inside the cluster for
 * demos of Services, rollouts and hooks.
 */
package io.podlab.demo.load;
