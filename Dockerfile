# One image for api, worker and the migration; the command says which one runs.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --include=dev
COPY . .
RUN node apps/ops/build.mjs

FROM node:24-slim AS production-modules
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --omit=dev

FROM node:24-slim
ENV NODE_ENV=production TZ=UTC
WORKDIR /app
COPY --from=production-modules /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/package.json ./package.json
# Templates, fonts, statutes and presets are read from where they lie (#asset in package.json), not from dist.
COPY --from=build /app/libs ./libs
COPY --from=build /app/apps/ops/migrate.mjs ./apps/ops/migrate.mjs
USER node
EXPOSE 3000 3001
CMD ["node", "--enable-source-maps", "dist/apps/api/src/main.js"]
