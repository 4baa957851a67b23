/** Sends large answers to many and slow clients in bounded memory. */
package io.podlab.config.delivery;
