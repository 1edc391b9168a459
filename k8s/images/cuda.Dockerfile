# The denoise service on NVIDIA GPUs: the same fast-jar, with ONNX Runtime's GPU libraries instead of those in its jar.
#   docker build -f k8s/images/cuda.Dockerfile -t wan-streams/denoise-service denoise-service/target/quarkus-app
# Not yet run on a GPU.
ARG BASE=nvidia/cuda:12.8.1-cudnn-runtime-ubuntu24.04
ARG MAVEN=maven:3.9-eclipse-temurin-17

FROM ${MAVEN} AS natives
# The version of the parent pom: classes and libraries must be of one release.
ARG ONNXRUNTIME=1.29.0
RUN mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
        -Dartifact=com.microsoft.onnxruntime:onnxruntime_gpu:${ONNXRUNTIME} -DoutputDirectory=/jar \
    && mkdir /ort && cd /ort && jar xf /jar/*.jar ai/onnxruntime/native/linux-x64 \
    && mv ai/onnxruntime/native/linux-x64/* . && rm -r ai

FROM ${BASE}
RUN apt-get update \
    && apt-get install -y --no-install-recommends openjdk-17-jre-headless \
    && rm -rf /var/lib/apt/lists/*
COPY --from=natives /ort/ /opt/ort/
WORKDIR /app
COPY lib/ lib/
COPY quarkus-run.jar ./
COPY quarkus/ quarkus/
COPY app/ app/
USER 10001:10001
EXPOSE 8080
# Unpacked once here, or 0.6 GB would be unpacked at every start.
ENTRYPOINT ["java", "-Donnxruntime.native.path=/opt/ort", "-jar", "/app/quarkus-run.jar"]
