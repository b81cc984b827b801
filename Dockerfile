# The image of web, worker and beat alike; compose.yaml says which command each of them runs.

FROM python:3.11-slim-bookworm AS build
WORKDIR /app
RUN python -m venv .venv && .venv/bin/pip install --no-cache-dir uv==0.13.9
COPY requirements.txt .
RUN .venv/bin/uv pip sync --no-cache --require-hashes --compile-bytecode \
        --python .venv/bin/python requirements.txt \
    && .venv/bin/pip uninstall --yes uv
COPY . .
# The settings want values to start with; these serve for collecting files and nothing else.
RUN .venv/bin/python scripts/compile_messages.py \
    && DATABASE_URL=postgres://build@localhost/build REDIS_URL=redis://localhost \
       SECRET_KEY=only-for-the-build-and-for-nothing-else-0123456789 ALLOWED_HOSTS=localhost LAB_DATA=/tmp/build \
       .venv/bin/python manage.py collectstatic --no-input

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home daig && install -d -o daig -g daig /data
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    LAB_DATA=/data
USER daig
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["python", "scripts/healthcheck.py"]
CMD ["granian", "--interface", "rsgi", "--http", "1", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", \
     "--no-ws", "--respawn-failed-workers", "labbooking.server:front"]
