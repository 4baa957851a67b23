/** {@code lab images}: builds the images, saves and pushes them, and hands them to a cluster. */
package io.podlab.lab.image;
