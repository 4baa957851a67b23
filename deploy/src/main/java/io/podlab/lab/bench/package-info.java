/** {@code lab bench}: how fast the services start and answer, next to a peer in the same run. */
package io.podlab.lab.bench;
