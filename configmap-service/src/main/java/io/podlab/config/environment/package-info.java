/**
 * The sources {@code environment} and {@code arguments}, which a process gets only at its start.
 */
package io.podlab.config.environment;
