/** Gives large answers to many clients, and to slow ones, in a memory that is bounded. */
package io.podlab.config.delivery;
