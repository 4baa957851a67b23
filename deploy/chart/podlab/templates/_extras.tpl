{{/* What the generated manifests do not have. */}}
{{- define "podlab.ingress" -}}
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: {{ .name }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    app.kubernetes.io/name: {{ .name }}
    app.kubernetes.io/part-of: podlab
  {{- with .values.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  {{- with .values.className }}
  ingressClassName: {{ . | quote }}
  {{- end }}
  rules:
    - http:
        paths:
          - path: {{ .values.path | quote }}
            pathType: Prefix
            backend:
              service:
                name: {{ .name }}
                port:
                  name: http
      {{- with .values.host }}
      host: {{ . | quote }}
      {{- end }}
  {{- with .values.tlsSecret }}
  tls:
    - secretName: {{ . | quote }}
      {{- with $.values.host }}
      hosts: [{{ . | quote }}]
      {{- end }}
  {{- end }}
{{- end }}

{{- define "podlab.serviceMonitor" -}}
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  name: {{ .name }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    app.kubernetes.io/name: {{ .name }}
    app.kubernetes.io/part-of: podlab
    {{- with .values.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  # The rules and the dashboards select a service by its job.
  jobLabel: app.kubernetes.io/name
  selector:
    matchLabels:
      app.kubernetes.io/name: {{ .name }}
      app.kubernetes.io/part-of: podlab
  endpoints:
    - port: http
      path: /metrics
      interval: {{ .values.interval | quote }}
{{- end }}
