/** A small application with a way in, two replicas, and a database with one: enough to see all three answers. */
export const sampleManifests = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: bookshop}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: registry.example/web:1.4.0
          env: [{name: CATALOGUE_URL, value: "http://catalogue:8080"}]
          resources: {requests: {cpu: 250m, memory: 256Mi}, limits: {memory: 256Mi}}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: bookshop}
spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: catalogue, namespace: bookshop}
spec:
  replicas: 3
  selector: {matchLabels: {app: catalogue}}
  template:
    metadata: {labels: {app: catalogue}}
    spec:
      containers:
        - name: catalogue
          image: registry.example/catalogue:2.0.1
          env: [{name: DATABASE_HOST, value: books-db}]
          resources: {requests: {cpu: 500m, memory: 512Mi}, limits: {memory: 512Mi}}
---
apiVersion: v1
kind: Service
metadata: {name: catalogue, namespace: bookshop}
spec: {selector: {app: catalogue}, ports: [{port: 8080}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: books-db, namespace: bookshop}
spec:
  serviceName: books-db
  replicas: 1
  selector: {matchLabels: {app: books-db}}
  template:
    metadata: {labels: {app: books-db}}
    spec:
      containers:
        - name: postgres
          image: postgres:17
          resources: {requests: {cpu: "1", memory: 4Gi}, limits: {memory: 4Gi}}
          volumeMounts: [{name: data, mountPath: /var/lib/postgresql/data}]
  volumeClaimTemplates:
    - metadata: {name: data}
      spec: {accessModes: [ReadWriteOnce], storageClassName: managed-csi-premium, resources: {requests: {storage: 128Gi}}}
---
apiVersion: v1
kind: Service
metadata: {name: books-db, namespace: bookshop}
spec: {clusterIP: None, selector: {app: books-db}, ports: [{port: 5432}]}
`;
