// Pages work without this. Where scripts run, it gives the components of GOV.UK Frontend what they add.
import { initAll } from './govuk-frontend.js'

initAll()
