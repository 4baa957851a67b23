/** {@code lab images}: builds the images, saves them, pushes them and loads them into a cluster. */
package io.podlab.lab.image;
