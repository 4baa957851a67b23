/** {@code lab play}: plays lessons on a cluster and checks their promises. */
package io.podlab.lab.lesson;
