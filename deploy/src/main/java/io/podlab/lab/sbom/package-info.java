/** Lists what is in the images and in this program, with versions and licenses. */
package io.podlab.lab.sbom;
