/**
 * {@code /tokens}: what {@code kubeadm token create}, {@code list}, {@code delete} and {@code
 * generate} do, with kubeadm's rules, defaults and texts.
 */
package io.podlab.token.kubeadm;
