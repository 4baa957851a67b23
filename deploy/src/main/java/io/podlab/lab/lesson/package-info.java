/** {@code lab play}: plays the lessons on a cluster, and says whether their promises hold. */
package io.podlab.lab.lesson;
