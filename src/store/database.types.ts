export type Json =
  | string
  | number
  | boolean
  | null
  | { [key: string]: Json | undefined }
  | Json[]

export type Database = {
  // Allows to automatically instantiate createClient with right options
  // instead of createClient<Database, { PostgrestVersion: 'XX' }>(URL, KEY)
  __InternalSupabase: {
    PostgrestVersion: "12"
  }
  public: {
    Tables: {
      absences: {
        Row: {
          at: string
          backup: string | null
          from_day: string
          set_by: string
          slack_id: string
          to_day: string
        }
        Insert: {
          at?: string
          backup?: string | null
          from_day: string
          set_by: string
          slack_id: string
          to_day: string
        }
        Update: {
          at?: string
          backup?: string | null
          from_day?: string
          set_by?: string
          slack_id?: string
          to_day?: string
        }
        Relationships: []
      }
      agent_errors: {
        Row: {
          at: string
          id: number
          message: string
          run_id: string | null
          screenshot: string | null
          step: string | null
          trace: string | null
          tree: string | null
          type: string
        }
        Insert: {
          at?: string
          id?: never
          message: string
          run_id?: string | null
          screenshot?: string | null
          step?: string | null
          trace?: string | null
          tree?: string | null
          type: string
        }
        Update: {
          at?: string
          id?: never
          message?: string
          run_id?: string | null
          screenshot?: string | null
          step?: string | null
          trace?: string | null
          tree?: string | null
          type?: string
        }
        Relationships: [
          {
            foreignKeyName: "agent_errors_run_id_fkey"
            columns: ["run_id"]
            referencedRelation: "agent_runs"
            referencedColumns: ["id"]
          },
        ]
      }
      agent_runs: {
        Row: {
          args: NonNullable<Json>
          asked_at: string
          attempt: number
          away_tries: number
          batch_id: string | null
          cancel_requested_by: string | null
          channel: string | null
          client: string | null
          config: NonNullable<Json>
          created_at: string
          credits_used: number
          delivery: string | null
          dry_run: boolean
          error: string | null
          error_type: string | null
          fence: number
          finished_at: string | null
          id: string
          key: string
          leads_exported: number
          lease_holder: string | null
          lease_until: string | null
          month: string | null
          parent: string | null
          progress: NonNullable<Json>
          requested_by: string | null
          started_at: string | null
          status: string
          summary: NonNullable<Json>
          trace: string | null
          trigger: string
          wake_at: string | null
          workflow: string
          run_day: string | null
        }
        Insert: {
          args?: NonNullable<Json>
          asked_at: string
          attempt?: number
          away_tries?: number
          batch_id?: string | null
          cancel_requested_by?: string | null
          channel?: string | null
          client?: string | null
          config?: NonNullable<Json>
          created_at?: string
          credits_used?: number
          delivery?: string | null
          dry_run?: boolean
          error?: string | null
          error_type?: string | null
          fence?: number
          finished_at?: string | null
          id?: string
          key: string
          leads_exported?: number
          lease_holder?: string | null
          lease_until?: string | null
          month?: string | null
          parent?: string | null
          progress?: NonNullable<Json>
          requested_by?: string | null
          started_at?: string | null
          status?: string
          summary?: NonNullable<Json>
          trace?: string | null
          trigger: string
          wake_at?: string | null
          workflow: string
        }
        Update: {
          args?: NonNullable<Json>
          asked_at?: string
          attempt?: number
          away_tries?: number
          batch_id?: string | null
          cancel_requested_by?: string | null
          channel?: string | null
          client?: string | null
          config?: NonNullable<Json>
          created_at?: string
          credits_used?: number
          delivery?: string | null
          dry_run?: boolean
          error?: string | null
          error_type?: string | null
          fence?: number
          finished_at?: string | null
          id?: string
          key?: string
          leads_exported?: number
          lease_holder?: string | null
          lease_until?: string | null
          month?: string | null
          parent?: string | null
          progress?: NonNullable<Json>
          requested_by?: string | null
          started_at?: string | null
          status?: string
          summary?: NonNullable<Json>
          trace?: string | null
          trigger?: string
          wake_at?: string | null
          workflow?: string
        }
        Relationships: [
          {
            foreignKeyName: "agent_runs_client_fkey"
            columns: ["client"]
            referencedRelation: "clients"
            referencedColumns: ["slug"]
          },
          {
            foreignKeyName: "agent_runs_parent_fkey"
            columns: ["parent"]
            referencedRelation: "agent_runs"
            referencedColumns: ["id"]
          },
        ]
      }
      agent_steps: {
        Row: {
          finished_at: string | null
          name: string
          output: Json | null
          run_id: string
          started_at: string
          status: string
        }
        Insert: {
          finished_at?: string | null
          name: string
          output?: Json | null
          run_id: string
          started_at?: string
          status: string
        }
        Update: {
          finished_at?: string | null
          name?: string
          output?: Json | null
          run_id?: string
          started_at?: string
          status?: string
        }
        Relationships: [
          {
            foreignKeyName: "agent_steps_run_id_fkey"
            columns: ["run_id"]
            referencedRelation: "agent_runs"
            referencedColumns: ["id"]
          },
        ]
      }
      approvals: {
        Row: {
          created_at: string
          decided_at: string | null
          decided_by: string | null
          expires_at: string
          id: string
          key: string
          kind: string
          marked: boolean
          payload: NonNullable<Json>
          position: number
          reason: string | null
          required_role: string
          result: Json | null
          round: string
          run_id: string
          state: string
        }
        Insert: {
          created_at?: string
          decided_at?: string | null
          decided_by?: string | null
          expires_at: string
          id?: string
          key: string
          kind: string
          marked?: boolean
          payload: NonNullable<Json>
          position?: number
          reason?: string | null
          required_role?: string
          result?: Json | null
          round: string
          run_id: string
          state?: string
        }
        Update: {
          created_at?: string
          decided_at?: string | null
          decided_by?: string | null
          expires_at?: string
          id?: string
          key?: string
          kind?: string
          marked?: boolean
          payload?: NonNullable<Json>
          position?: number
          reason?: string | null
          required_role?: string
          result?: Json | null
          round?: string
          run_id?: string
          state?: string
        }
        Relationships: [
          {
            foreignKeyName: "approvals_run_id_fkey"
            columns: ["run_id"]
            referencedRelation: "agent_runs"
            referencedColumns: ["id"]
          },
        ]
      }
      audit: {
        Row: {
          at: string
          facts: NonNullable<Json>
          id: number
          run_id: string | null
          subject: string | null
          what: string
          who: string
        }
        Insert: {
          at?: string
          facts?: NonNullable<Json>
          id?: never
          run_id?: string | null
          subject?: string | null
          what: string
          who: string
        }
        Update: {
          at?: string
          facts?: NonNullable<Json>
          id?: never
          run_id?: string | null
          subject?: string | null
          what?: string
          who?: string
        }
        Relationships: []
      }
      calendar_hours: {
        Row: {
          at_time: string
          from_day: string
          kind: string
          set_at: string
          set_by: string
        }
        Insert: {
          at_time: string
          from_day: string
          kind: string
          set_at?: string
          set_by: string
        }
        Update: {
          at_time?: string
          from_day?: string
          kind?: string
          set_at?: string
          set_by?: string
        }
        Relationships: []
      }
      calendar_ticks: {
        Row: {
          jumped_from: string | null
          looked_at: string
          singleton: boolean
        }
        Insert: {
          jumped_from?: string | null
          looked_at: string
          singleton?: boolean
        }
        Update: {
          jumped_from?: string | null
          looked_at?: string
          singleton?: boolean
        }
        Relationships: []
      }
      cleaned_leads: {
        Row: {
          batch_id: number | null
          client: string
          created_at: string
          email: string
          household_key: string
          id: number
          month: string
          raw_lead_id: number
          renewal_date: string
          reserve: boolean
          window_no: number
          zip: string
        }
        Insert: {
          batch_id?: number | null
          client: string
          created_at?: string
          email: string
          household_key: string
          id?: never
          month: string
          raw_lead_id: number
          renewal_date: string
          reserve?: boolean
          window_no: number
          zip: string
        }
        Update: {
          batch_id?: number | null
          client?: string
          created_at?: string
          email?: string
          household_key?: string
          id?: never
          month?: string
          raw_lead_id?: number
          renewal_date?: string
          reserve?: boolean
          window_no?: number
          zip?: string
        }
        Relationships: [
          {
            foreignKeyName: "cleaned_leads_client_fkey"
            columns: ["client"]
            referencedRelation: "clients"
            referencedColumns: ["slug"]
          },
          {
            foreignKeyName: "cleaned_leads_raw_lead_id_fkey"
            columns: ["raw_lead_id"]
            referencedRelation: "raw_leads"
            referencedColumns: ["id"]
          },
        ]
      }
      client_lead_batches: {
        Row: {
          accepted: number | null
          attached_at: string | null
          attached_by: string | null
          client: string
          created_at: string
          failed: number | null
          id: number
          list_id: string | null
          list_name: string | null
          month: string
          note: string | null
          part: number
          rows: number
          run_id: string | null
          started_at: string | null
          state: string
          uploaded_at: string | null
          window_end: string
          window_no: number
          window_start: string
          workspace: string
        }
        Insert: {
          accepted?: number | null
          attached_at?: string | null
          attached_by?: string | null
          client: string
          created_at?: string
          failed?: number | null
          id?: never
          list_id?: string | null
          list_name?: string | null
          month: string
          note?: string | null
          part: number
          rows: number
          run_id?: string | null
          started_at?: string | null
          state?: string
          uploaded_at?: string | null
          window_end: string
          window_no: number
          window_start: string
          workspace: string
        }
        Update: {
          accepted?: number | null
          attached_at?: string | null
          attached_by?: string | null
          client?: string
          created_at?: string
          failed?: number | null
          id?: never
          list_id?: string | null
          list_name?: string | null
          month?: string
          note?: string | null
          part?: number
          rows?: number
          run_id?: string | null
          started_at?: string | null
          state?: string
          uploaded_at?: string | null
          window_end?: string
          window_no?: number
          window_start?: string
          workspace?: string
        }
        Relationships: [
          {
            foreignKeyName: "client_lead_batches_attached_by_fkey"
            columns: ["attached_by"]
            referencedRelation: "agent_runs"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "client_lead_batches_client_fkey"
            columns: ["client"]
            referencedRelation: "clients"
            referencedColumns: ["slug"]
          },
          {
            foreignKeyName: "client_lead_batches_run_id_fkey"
            columns: ["run_id"]
            referencedRelation: "agent_runs"
            referencedColumns: ["id"]
          },
        ]
      }
      client_months: {
        Row: {
          client: string
          home_value_limit: number | null
          lead_version: number
          month: string
        }
        Insert: {
          client: string
          home_value_limit?: number | null
          lead_version?: number
          month: string
        }
        Update: {
          client?: string
          home_value_limit?: number | null
          lead_version?: number
          month?: string
        }
        Relationships: [
          {
            foreignKeyName: "client_months_client_fkey"
            columns: ["client"]
            referencedRelation: "clients"
            referencedColumns: ["slug"]
          },
        ]
      }
      client_zip_lists: {
        Row: {
          client: string
          kind: string
          month: string
          zip: string
        }
        Insert: {
          client: string
          kind: string
          month?: string
          zip: string
        }
        Update: {
          client?: string
          kind?: string
          month?: string
          zip?: string
        }
        Relationships: [
          {
            foreignKeyName: "client_zip_lists_client_fkey"
            columns: ["client"]
            referencedRelation: "clients"
            referencedColumns: ["slug"]
          },
        ]
      }
      client_zipcodes: {
        Row: {
          client: string
          filters_key: string
          month: string
          origin: string
          pulled_at: string
          run_id: string | null
          slice: NonNullable<Json>
          slice_count: number
          slice_no: number
          source_id: number | null
          zip: string
        }
        Insert: {
          client: string
          filters_key?: string
          month: string
          origin?: string
          pulled_at?: string
          run_id?: string | null
          slice?: NonNullable<Json>
          slice_count?: number
          slice_no?: number
          source_id?: number | null
          zip: string
        }
        Update: {
          client?: string
          filters_key?: string
          month?: string
          origin?: string
          pulled_at?: string
          run_id?: string | null
          slice?: NonNullable<Json>
          slice_count?: number
          slice_no?: number
          source_id?: number | null
          zip?: string
        }
        Relationships: [
          {
            foreignKeyName: "client_zipcodes_client_fkey"
            columns: ["client"]
            referencedRelation: "clients"
            referencedColumns: ["slug"]
          },
          {
            foreignKeyName: "client_zipcodes_source_id_fkey"
            columns: ["source_id"]
            referencedRelation: "lead_sources"
            referencedColumns: ["id"]
          },
        ]
      }
      clients: {
        Row: {
          active: boolean
          campaign_id: string | null
          channel: string
          created_at: string
          filters: NonNullable<Json>
          home_value_limit: number
          max_home_value_limit: number
          name: string
          secondary_states: string[]
          slug: string
          states: string[]
          target: number | null
          tier: number
          updated_at: string
          workspace: string | null
        }
        Insert: {
          active?: boolean
          campaign_id?: string | null
          channel: string
          created_at?: string
          filters?: NonNullable<Json>
          home_value_limit?: number
          max_home_value_limit?: number
          name: string
          secondary_states?: string[]
          slug: string
          states: string[]
          target?: number | null
          tier: number
          updated_at?: string
          workspace?: string | null
        }
        Update: {
          active?: boolean
          campaign_id?: string | null
          channel?: string
          created_at?: string
          filters?: NonNullable<Json>
          home_value_limit?: number
          max_home_value_limit?: number
          name?: string
          secondary_states?: string[]
          slug?: string
          states?: string[]
          target?: number | null
          tier?: number
          updated_at?: string
          workspace?: string | null
        }
        Relationships: []
      }
      closed_lanes: {
        Row: {
          closed_at: string
          reason: string
          run_id: string | null
          vendor: string
        }
        Insert: {
          closed_at?: string
          reason: string
          run_id?: string | null
          vendor: string
        }
        Update: {
          closed_at?: string
          reason?: string
          run_id?: string | null
          vendor?: string
        }
        Relationships: []
      }
      due_times: {
        Row: {
          claimed_by: string | null
          claimed_until: string | null
          day: string
          due_at: string
          kind: string
          late_seconds: number | null
          run_id: string | null
          state: string
        }
        Insert: {
          claimed_by?: string | null
          claimed_until?: string | null
          day: string
          due_at: string
          kind: string
          late_seconds?: number | null
          run_id?: string | null
          state?: string
        }
        Update: {
          claimed_by?: string | null
          claimed_until?: string | null
          day?: string
          due_at?: string
          kind?: string
          late_seconds?: number | null
          run_id?: string | null
          state?: string
        }
        Relationships: [
          {
            foreignKeyName: "due_times_run_id_fkey"
            columns: ["run_id"]
            referencedRelation: "agent_runs"
            referencedColumns: ["id"]
          },
        ]
      }
      evergreen_attachments: {
        Row: {
          added: number | null
          at: string
          campaign_id: string
          client: string
          run_id: string
          state: string
          title_after: string
          title_before: string
          total_after: number | null
          total_before: number | null
          undone_by: string | null
          window_before: string | null
          window_start: string
        }
        Insert: {
          added?: number | null
          at?: string
          campaign_id: string
          client: string
          run_id: string
          state?: string
          title_after: string
          title_before: string
          total_after?: number | null
          total_before?: number | null
          undone_by?: string | null
          window_before?: string | null
          window_start: string
        }
        Update: {
          added?: number | null
          at?: string
          campaign_id?: string
          client?: string
          run_id?: string
          state?: string
          title_after?: string
          title_before?: string
          total_after?: number | null
          total_before?: number | null
          undone_by?: string | null
          window_before?: string | null
          window_start?: string
        }
        Relationships: [
          {
            foreignKeyName: "evergreen_attachments_client_fkey"
            columns: ["client"]
            referencedRelation: "clients"
            referencedColumns: ["slug"]
          },
          {
            foreignKeyName: "evergreen_attachments_run_id_fkey"
            columns: ["run_id"]
            referencedRelation: "agent_runs"
            referencedColumns: ["id"]
          },
        ]
      }
      evergreen_campaigns: {
        Row: {
          busy_run: string | null
          campaign_id: string | null
          client: string
          configured_id: string | null
          title: string | null
          told: NonNullable<Json>
          total_leads: number | null
          window_start: string | null
        }
        Insert: {
          busy_run?: string | null
          campaign_id?: string | null
          client: string
          configured_id?: string | null
          title?: string | null
          told?: NonNullable<Json>
          total_leads?: number | null
          window_start?: string | null
        }
        Update: {
          busy_run?: string | null
          campaign_id?: string | null
          client?: string
          configured_id?: string | null
          title?: string | null
          told?: NonNullable<Json>
          total_leads?: number | null
          window_start?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "evergreen_campaigns_busy_run_fkey"
            columns: ["busy_run"]
            referencedRelation: "agent_runs"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "evergreen_campaigns_client_fkey"
            columns: ["client"]
            referencedRelation: "clients"
            referencedColumns: ["slug"]
          },
        ]
      }
      gap_rounds: {
        Row: {
          closed: boolean
          gap: number
          picks: NonNullable<Json>
          round: string
          run_id: string
        }
        Insert: {
          closed?: boolean
          gap: number
          picks: NonNullable<Json>
          round: string
          run_id: string
        }
        Update: {
          closed?: boolean
          gap?: number
          picks?: NonNullable<Json>
          round?: string
          run_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "gap_rounds_run_id_fkey"
            columns: ["run_id"]
            referencedRelation: "agent_runs"
            referencedColumns: ["id"]
          },
        ]
      }
      intent_batches: {
        Row: {
          created_at: string
          day: string
          delivered_at: string | null
          delivered_by: string | null
          delivered_on: string | null
          file_key: string
          id: string
          leads: number
          recipients: NonNullable<Json>
          run_id: string
        }
        Insert: {
          created_at?: string
          day: string
          delivered_at?: string | null
          delivered_by?: string | null
          delivered_on?: string | null
          file_key: string
          id: string
          leads: number
          recipients?: NonNullable<Json>
          run_id: string
        }
        Update: {
          created_at?: string
          day?: string
          delivered_at?: string | null
          delivered_by?: string | null
          delivered_on?: string | null
          file_key?: string
          id?: string
          leads?: number
          recipients?: NonNullable<Json>
          run_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "intent_batches_run_id_fkey"
            columns: ["run_id"]
            referencedRelation: "agent_runs"
            referencedColumns: ["id"]
          },
        ]
      }
      intent_companies: {
        Row: {
          company_id: string
          details: NonNullable<Json>
          fetched_at: string
        }
        Insert: {
          company_id: string
          details: NonNullable<Json>
          fetched_at?: string
        }
        Update: {
          company_id?: string
          details?: NonNullable<Json>
          fetched_at?: string
        }
        Relationships: []
      }
      intent_company_ids: {
        Row: {
          company_id: string
          intent_id: string
          learned_at: string
        }
        Insert: {
          company_id: string
          intent_id: string
          learned_at?: string
        }
        Update: {
          company_id?: string
          intent_id?: string
          learned_at?: string
        }
        Relationships: []
      }
      intent_contacts: {
        Row: {
          created_at: string
          person_id: string
          record: NonNullable<Json>
          run_id: string
        }
        Insert: {
          created_at?: string
          person_id: string
          record: NonNullable<Json>
          run_id: string
        }
        Update: {
          created_at?: string
          person_id?: string
          record?: NonNullable<Json>
          run_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "intent_contacts_run_id_fkey"
            columns: ["run_id"]
            referencedRelation: "agent_runs"
            referencedColumns: ["id"]
          },
        ]
      }
      intent_days: {
        Row: {
          batches: number
          day: string
        }
        Insert: {
          batches: number
          day: string
        }
        Update: {
          batches?: number
          day?: string
        }
        Relationships: []
      }
      intent_draws: {
        Row: {
          at: string
          credits: number
          name: string
          result: Json | null
          run_id: string
          state: string
          week: string
        }
        Insert: {
          at?: string
          credits: number
          name: string
          result?: Json | null
          run_id: string
          state?: string
          week: string
        }
        Update: {
          at?: string
          credits?: number
          name?: string
          result?: Json | null
          run_id?: string
          state?: string
          week?: string
        }
        Relationships: [
          {
            foreignKeyName: "intent_draws_run_id_fkey"
            columns: ["run_id"]
            referencedRelation: "agent_runs"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "intent_draws_week_fkey"
            columns: ["week"]
            referencedRelation: "intent_weeks"
            referencedColumns: ["monday"]
          },
        ]
      }
      intent_exports: {
        Row: {
          batch_id: string
          company_id: string
          day: string
          intent_id: string
          name: string
        }
        Insert: {
          batch_id: string
          company_id: string
          day: string
          intent_id: string
          name: string
        }
        Update: {
          batch_id?: string
          company_id?: string
          day?: string
          intent_id?: string
          name?: string
        }
        Relationships: [
          {
            foreignKeyName: "intent_exports_batch_id_fkey"
            columns: ["batch_id"]
            referencedRelation: "intent_batches"
            referencedColumns: ["id"]
          },
        ]
      }
      intent_leads: {
        Row: {
          age: number
          batch_id: string
          cells: NonNullable<Json>
          company: string
          company_id: string
          company_score: number
          created_at: string
          email: string | null
          first_name: string
          intent_id: string
          label: string
          last_name: string
          person_id: string
          phone: string
          position: number
          score: number
          title: string
          topic: string
          without_contact: undefined | null
        }
        Insert: {
          age: number
          batch_id: string
          cells: NonNullable<Json>
          company: string
          company_id: string
          company_score: number
          created_at?: string
          email?: string | null
          first_name: string
          intent_id: string
          label: string
          last_name: string
          person_id: string
          phone: string
          position: number
          score: number
          title: string
          topic: string
        }
        Update: {
          age?: number
          batch_id?: string
          cells?: NonNullable<Json>
          company?: string
          company_id?: string
          company_score?: number
          created_at?: string
          email?: string | null
          first_name?: string
          intent_id?: string
          label?: string
          last_name?: string
          person_id?: string
          phone?: string
          position?: number
          score?: number
          title?: string
          topic?: string
        }
        Relationships: [
          {
            foreignKeyName: "intent_leads_batch_id_fkey"
            columns: ["batch_id"]
            referencedRelation: "intent_batches"
            referencedColumns: ["id"]
          },
        ]
      }
      intent_numbers: {
        Row: {
          day: string
          number: number
          run_id: string
        }
        Insert: {
          day: string
          number: number
          run_id: string
        }
        Update: {
          day?: string
          number?: number
          run_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "intent_numbers_run_id_fkey"
            columns: ["run_id"]
            referencedRelation: "agent_runs"
            referencedColumns: ["id"]
          },
        ]
      }
      intent_reservations: {
        Row: {
          held: number
          run_id: string
          week: string
        }
        Insert: {
          held: number
          run_id: string
          week: string
        }
        Update: {
          held?: number
          run_id?: string
          week?: string
        }
        Relationships: [
          {
            foreignKeyName: "intent_reservations_run_id_fkey"
            columns: ["run_id"]
            referencedRelation: "agent_runs"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "intent_reservations_week_fkey"
            columns: ["week"]
            referencedRelation: "intent_weeks"
            referencedColumns: ["monday"]
          },
        ]
      }
      intent_weeks: {
        Row: {
          monday: string
          raised_at: string | null
          raised_by: string | null
          raised_reason: string | null
          raised_to: number | null
        }
        Insert: {
          monday: string
          raised_at?: string | null
          raised_by?: string | null
          raised_reason?: string | null
          raised_to?: number | null
        }
        Update: {
          monday?: string
          raised_at?: string | null
          raised_by?: string | null
          raised_reason?: string | null
          raised_to?: number | null
        }
        Relationships: []
      }
      kept_counts: {
        Row: {
          cleaned: number
          client: string
          lead_state: string
          leads: number
          month: string
          reason: string | null
          uploaded: number
          zip: string
        }
        Insert: {
          cleaned: number
          client: string
          lead_state: string
          leads: number
          month: string
          reason?: string | null
          uploaded: number
          zip: string
        }
        Update: {
          cleaned?: number
          client?: string
          lead_state?: string
          leads?: number
          month?: string
          reason?: string | null
          uploaded?: number
          zip?: string
        }
        Relationships: [
          {
            foreignKeyName: "kept_counts_client_fkey"
            columns: ["client"]
            referencedRelation: "clients"
            referencedColumns: ["slug"]
          },
        ]
      }
      lead_sources: {
        Row: {
          asked: number
          client: string
          created_at: string
          dropped_columns: string[]
          expected: number
          file_key: string | null
          filters: NonNullable<Json>
          filters_key: string
          header_style: string | null
          id: number
          month: string
          move: Json | null
          name: string
          note: string | null
          ordinal: number
          origin: string
          original_rows: number | null
          parsed: number | null
          quarantined: number | null
          recounted: boolean
          round: string
          run_id: string | null
          sha256: string | null
          shown: number | null
          slice: NonNullable<Json>
          slice_count: number
          slice_no: number
          state: string
          status: string
          stored_at: string | null
          zips: string[]
        }
        Insert: {
          asked?: number
          client: string
          created_at?: string
          dropped_columns?: string[]
          expected?: number
          file_key?: string | null
          filters?: NonNullable<Json>
          filters_key?: string
          header_style?: string | null
          id?: never
          month: string
          move?: Json | null
          name: string
          note?: string | null
          ordinal: number
          origin?: string
          original_rows?: number | null
          parsed?: number | null
          quarantined?: number | null
          recounted?: boolean
          round: string
          run_id?: string | null
          sha256?: string | null
          shown?: number | null
          slice?: NonNullable<Json>
          slice_count?: number
          slice_no?: number
          state: string
          status?: string
          stored_at?: string | null
          zips: string[]
        }
        Update: {
          asked?: number
          client?: string
          created_at?: string
          dropped_columns?: string[]
          expected?: number
          file_key?: string | null
          filters?: NonNullable<Json>
          filters_key?: string
          header_style?: string | null
          id?: never
          month?: string
          move?: Json | null
          name?: string
          note?: string | null
          ordinal?: number
          origin?: string
          original_rows?: number | null
          parsed?: number | null
          quarantined?: number | null
          recounted?: boolean
          round?: string
          run_id?: string | null
          sha256?: string | null
          shown?: number | null
          slice?: NonNullable<Json>
          slice_count?: number
          slice_no?: number
          state?: string
          status?: string
          stored_at?: string | null
          zips?: string[]
        }
        Relationships: [
          {
            foreignKeyName: "lead_sources_client_fkey"
            columns: ["client"]
            referencedRelation: "clients"
            referencedColumns: ["slug"]
          },
          {
            foreignKeyName: "lead_sources_run_id_fkey"
            columns: ["run_id"]
            referencedRelation: "agent_runs"
            referencedColumns: ["id"]
          },
        ]
      }
      login_leases: {
        Row: {
          browser: NonNullable<Json>
          holder: string
          login: string
          until: string
        }
        Insert: {
          browser?: NonNullable<Json>
          holder: string
          login: string
          until: string
        }
        Update: {
          browser?: NonNullable<Json>
          holder?: string
          login?: string
          until?: string
        }
        Relationships: []
      }
      login_waits: {
        Row: {
          holder: string
          login: string
          seen: string
          since: string
        }
        Insert: {
          holder: string
          login: string
          seen: string
          since: string
        }
        Update: {
          holder?: string
          login?: string
          seen?: string
          since?: string
        }
        Relationships: []
      }
      members: {
        Row: {
          backup: string | null
          client: string
          role: string
          slack_id: string
          updated_at: string
        }
        Insert: {
          backup?: string | null
          client?: string
          role: string
          slack_id: string
          updated_at?: string
        }
        Update: {
          backup?: string | null
          client?: string
          role?: string
          slack_id?: string
          updated_at?: string
        }
        Relationships: []
      }
      monthly_cleaned_leads: {
        Row: {
          client: string
          count: number
          gap: number
          month: string
          reserve: number
          target: number
          updated_at: string
        }
        Insert: {
          client: string
          count: number
          gap: number
          month: string
          reserve?: number
          target: number
          updated_at?: string
        }
        Update: {
          client?: string
          count?: number
          gap?: number
          month?: string
          reserve?: number
          target?: number
          updated_at?: string
        }
        Relationships: [
          {
            foreignKeyName: "monthly_cleaned_leads_client_fkey"
            columns: ["client"]
            referencedRelation: "clients"
            referencedColumns: ["slug"]
          },
        ]
      }
      passed_over: {
        Row: {
          client: string | null
          day: string
          id: number
          kind: string
          pause: number
          run_id: string | null
        }
        Insert: {
          client?: string | null
          day: string
          id?: never
          kind: string
          pause: number
          run_id?: string | null
        }
        Update: {
          client?: string | null
          day?: string
          id?: never
          kind?: string
          pause?: number
          run_id?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "passed_over_client_fkey"
            columns: ["client"]
            referencedRelation: "clients"
            referencedColumns: ["slug"]
          },
          {
            foreignKeyName: "passed_over_pause_fkey"
            columns: ["pause"]
            referencedRelation: "pauses"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "passed_over_run_id_fkey"
            columns: ["run_id"]
            referencedRelation: "agent_runs"
            referencedColumns: ["id"]
          },
        ]
      }
      pauses: {
        Row: {
          client: string | null
          ended_at: string | null
          ended_by: string | null
          id: number
          paused_by: string
          reason: string
          since: string
          until: string | null
          workflow: string | null
        }
        Insert: {
          client?: string | null
          ended_at?: string | null
          ended_by?: string | null
          id?: never
          paused_by: string
          reason: string
          since: string
          until?: string | null
          workflow?: string | null
        }
        Update: {
          client?: string | null
          ended_at?: string | null
          ended_by?: string | null
          id?: never
          paused_by?: string
          reason?: string
          since?: string
          until?: string | null
          workflow?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "pauses_client_fkey"
            columns: ["client"]
            referencedRelation: "clients"
            referencedColumns: ["slug"]
          },
        ]
      }
      raw_leads: {
        Row: {
          address: string
          city: string
          client: string
          created_at: string
          date_of_birth: string | null
          email: string | null
          fields: NonNullable<Json>
          first_name: string
          greeting_name: string
          head_household: string
          home_value: number | null
          household_key: string | null
          id: number
          income: string
          last_name: string
          lead_state: string
          line: number
          month: string
          moved_client: string | null
          ordinal: number
          origin: string
          phone: string | null
          phone_blanked: boolean
          purchase_date: string | null
          reason: string | null
          renewal_date: string | null
          source_id: number
          state: string
          validation_batch: number | null
          verdict: string | null
          zip: string | null
        }
        Insert: {
          address?: string
          city?: string
          client: string
          created_at?: string
          date_of_birth?: string | null
          email?: string | null
          fields?: NonNullable<Json>
          first_name?: string
          greeting_name?: string
          head_household?: string
          home_value?: number | null
          household_key?: string | null
          id?: never
          income?: string
          last_name?: string
          lead_state?: string
          line: number
          month: string
          moved_client?: string | null
          ordinal: number
          origin?: string
          phone?: string | null
          phone_blanked?: boolean
          purchase_date?: string | null
          reason?: string | null
          renewal_date?: string | null
          source_id: number
          state?: string
          validation_batch?: number | null
          verdict?: string | null
          zip?: string | null
        }
        Update: {
          address?: string
          city?: string
          client?: string
          created_at?: string
          date_of_birth?: string | null
          email?: string | null
          fields?: NonNullable<Json>
          first_name?: string
          greeting_name?: string
          head_household?: string
          home_value?: number | null
          household_key?: string | null
          id?: never
          income?: string
          last_name?: string
          lead_state?: string
          line?: number
          month?: string
          moved_client?: string | null
          ordinal?: number
          origin?: string
          phone?: string | null
          phone_blanked?: boolean
          purchase_date?: string | null
          reason?: string | null
          renewal_date?: string | null
          source_id?: number
          state?: string
          validation_batch?: number | null
          verdict?: string | null
          zip?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "raw_leads_client_fkey"
            columns: ["client"]
            referencedRelation: "clients"
            referencedColumns: ["slug"]
          },
          {
            foreignKeyName: "raw_leads_source_id_fkey"
            columns: ["source_id"]
            referencedRelation: "lead_sources"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "raw_leads_validation_batch_fkey"
            columns: ["validation_batch"]
            referencedRelation: "validation_batches"
            referencedColumns: ["id"]
          },
        ]
      }
      sealed_keys: {
        Row: {
          made_at: string
          purpose: string
          sealed: string
        }
        Insert: {
          made_at?: string
          purpose: string
          sealed: string
        }
        Update: {
          made_at?: string
          purpose?: string
          sealed?: string
        }
        Relationships: []
      }
      site_credentials: {
        Row: {
          last_verified_at: string | null
          mfa_type: string
          owner: string | null
          secret_encrypted: string
          session_encrypted: string | null
          session_saved_at: string | null
          site: string
          state: string
          totp_encrypted: string | null
          updated_at: string
          username: string
        }
        Insert: {
          last_verified_at?: string | null
          mfa_type?: string
          owner?: string | null
          secret_encrypted: string
          session_encrypted?: string | null
          session_saved_at?: string | null
          site: string
          state?: string
          totp_encrypted?: string | null
          updated_at?: string
          username: string
        }
        Update: {
          last_verified_at?: string | null
          mfa_type?: string
          owner?: string | null
          secret_encrypted?: string
          session_encrypted?: string | null
          session_saved_at?: string | null
          site?: string
          state?: string
          totp_encrypted?: string | null
          updated_at?: string
          username?: string
        }
        Relationships: []
      }
      slack_inbox: {
        Row: {
          claimed_by: string | null
          claimed_until: string | null
          done_at: string | null
          id: string
          kind: string
          outcome: string | null
          payload: string | null
          received_at: string
          route: string
          tries: number
        }
        Insert: {
          claimed_by?: string | null
          claimed_until?: string | null
          done_at?: string | null
          id: string
          kind: string
          outcome?: string | null
          payload?: string | null
          received_at?: string
          route: string
          tries?: number
        }
        Update: {
          claimed_by?: string | null
          claimed_until?: string | null
          done_at?: string | null
          id?: string
          kind?: string
          outcome?: string | null
          payload?: string | null
          received_at?: string
          route?: string
          tries?: number
        }
        Relationships: []
      }
      slack_messages: {
        Row: {
          attempts: number
          blocks: NonNullable<Json>
          channel: string
          claim: string | null
          claimed_by: string | null
          claimed_until: string | null
          closed_to: string[]
          created_at: string
          error: string | null
          file_key: string | null
          file_name: string | null
          given_up: boolean
          id: number
          next_try_at: string
          posting: boolean
          purpose: string
          revision: number
          run_id: string | null
          seen_at: string
          shown_revision: number
          text: string
          ts: string | null
          under: string | null
          updated_at: string
        }
        Insert: {
          attempts?: number
          blocks?: NonNullable<Json>
          channel: string
          claim?: string | null
          claimed_by?: string | null
          claimed_until?: string | null
          closed_to?: string[]
          created_at?: string
          error?: string | null
          file_key?: string | null
          file_name?: string | null
          given_up?: boolean
          id?: never
          next_try_at?: string
          posting?: boolean
          purpose: string
          revision?: number
          run_id?: string | null
          seen_at?: string
          shown_revision?: number
          text: string
          ts?: string | null
          under?: string | null
          updated_at?: string
        }
        Update: {
          attempts?: number
          blocks?: NonNullable<Json>
          channel?: string
          claim?: string | null
          claimed_by?: string | null
          claimed_until?: string | null
          closed_to?: string[]
          created_at?: string
          error?: string | null
          file_key?: string | null
          file_name?: string | null
          given_up?: boolean
          id?: never
          next_try_at?: string
          posting?: boolean
          purpose?: string
          revision?: number
          run_id?: string | null
          seen_at?: string
          shown_revision?: number
          text?: string
          ts?: string | null
          under?: string | null
          updated_at?: string
        }
        Relationships: [
          {
            foreignKeyName: "slack_messages_run_id_fkey"
            columns: ["run_id"]
            referencedRelation: "agent_runs"
            referencedColumns: ["id"]
          },
        ]
      }
      suppressions: {
        Row: {
          added_at: string
          client: string | null
          hash: string
          key_id: string
          source: string
        }
        Insert: {
          added_at?: string
          client?: string | null
          hash: string
          key_id: string
          source: string
        }
        Update: {
          added_at?: string
          client?: string | null
          hash?: string
          key_id?: string
          source?: string
        }
        Relationships: []
      }
      validation_batches: {
        Row: {
          client: string
          collected_at: string | null
          ended: boolean
          file_key: string
          id: number
          month: string
          name: string
          rows: number
          run_id: string | null
          started_at: string | null
          table_ref: string | null
          verdicts: number
        }
        Insert: {
          client: string
          collected_at?: string | null
          ended?: boolean
          file_key: string
          id?: never
          month: string
          name: string
          rows: number
          run_id?: string | null
          started_at?: string | null
          table_ref?: string | null
          verdicts?: number
        }
        Update: {
          client?: string
          collected_at?: string | null
          ended?: boolean
          file_key?: string
          id?: never
          month?: string
          name?: string
          rows?: number
          run_id?: string | null
          started_at?: string | null
          table_ref?: string | null
          verdicts?: number
        }
        Relationships: [
          {
            foreignKeyName: "validation_batches_client_fkey"
            columns: ["client"]
            referencedRelation: "clients"
            referencedColumns: ["slug"]
          },
          {
            foreignKeyName: "validation_batches_run_id_fkey"
            columns: ["run_id"]
            referencedRelation: "agent_runs"
            referencedColumns: ["id"]
          },
        ]
      }
      zip_homes: {
        Row: {
          homes: number
          imported_at: string
          state: string | null
          zip: string
        }
        Insert: {
          homes: number
          imported_at?: string
          state?: string | null
          zip: string
        }
        Update: {
          homes?: number
          imported_at?: string
          state?: string | null
          zip?: string
        }
        Relationships: []
      }
      zip_moves: {
        Row: {
          at: string
          client: string
          month: string
          moved_to: string
          zip: string
        }
        Insert: {
          at?: string
          client: string
          month: string
          moved_to: string
          zip: string
        }
        Update: {
          at?: string
          client?: string
          month?: string
          moved_to?: string
          zip?: string
        }
        Relationships: [
          {
            foreignKeyName: "zip_moves_client_fkey"
            columns: ["client"]
            referencedRelation: "clients"
            referencedColumns: ["slug"]
          },
          {
            foreignKeyName: "zip_moves_moved_to_fkey"
            columns: ["moved_to"]
            referencedRelation: "clients"
            referencedColumns: ["slug"]
          },
        ]
      }
    }
    Views: {
      [_ in never]: never
    }
    Functions: {
      adopt_run: {
        Args: { p_parent: string; p_run: string }
        Returns: undefined
      }
      apply_judgements: {
        Args: {
          p_client: string
          p_month: string
          p_rows: Json
          p_version?: number
        }
        Returns: number
      }
      as_pattern: { Args: { p_word: string }; Returns: string }
      ask_round: {
        Args: {
          p_expires: string
          p_questions: Json
          p_round: string
          p_run: string
        }
        Returns: undefined
      }
      ask_source: {
        Args: { p_recount: boolean; p_shown: number; p_source: number }
        Returns: undefined
      }
      attach_lists: {
        Args: {
          p_batches: number[]
          p_client: string
          p_facts: Json
          p_run: string
        }
        Returns: undefined
      }
      awaiting_verdict: {
        Args: { p_client: string; p_month: string }
        Returns: number
      }
      batch_collected: {
        Args: { p_batch: number; p_ended: boolean; p_verdicts: number }
        Returns: undefined
      }
      batch_submitted: {
        Args: { p_batch: number; p_table_ref: string }
        Returns: undefined
      }
      batches_with_people: {
        Args: { p_day: string }
        Returns: {
          file_key: string
          id: string
        }[]
      }
      beat_run: {
        Args: {
          p_fence?: number
          p_holder: string
          p_run: string
          p_seconds: number
        }
        Returns: Json
      }
      begin_list: {
        Args: { p_batch: number; p_name: string; p_rows: number }
        Returns: undefined
      }
      cancel_draw: {
        Args: { p_name: string; p_run: string }
        Returns: undefined
      }
      cancel_run: { Args: { p_run: string; p_who: string }; Returns: string }
      choose_campaign: {
        Args: { p_campaign: string; p_client: string; p_configured: string }
        Returns: undefined
      }
      claim_delivery: {
        Args: { p_gone: string[]; p_seconds: number; p_worker: string }
        Returns: Json
      }
      claim_due: {
        Args: { p_seconds: number; p_until?: string; p_worker: string }
        Returns: Json
      }
      claim_due_of: {
        Args: {
          p_day: string
          p_kind: string
          p_seconds: number
          p_worker: string
        }
        Returns: Json
      }
      claim_login: {
        Args: {
          p_break?: string
          p_browser: Json
          p_holder: string
          p_login: string
          p_seconds: number
          p_waited_ms?: number
        }
        Returns: Json
      }
      claim_messages: {
        Args: { p_limit: number; p_seconds: number; p_worker: string }
        Returns: Json
      }
      claim_run: {
        Args: {
          p_break?: string
          p_holder: string
          p_run: string
          p_seconds: number
        }
        Returns: Json
      }
      close_delivery: {
        Args: { p_id: string; p_outcome: string; p_worker: string }
        Returns: boolean
      }
      count_credits: { Args: { p_run: string }; Returns: undefined }
      decide: {
        Args: {
          p_by: string
          p_facts?: Json
          p_ids: string[]
          p_now: string
          p_reason?: string
          p_state: string
        }
        Returns: Json
      }
      deliver_batch: {
        Args: { p_batch: string; p_by: string; p_day: string }
        Returns: boolean
      }
      draw_credits: {
        Args: { p_credits: number; p_name: string; p_run: string }
        Returns: undefined
      }
      drop_empty_list: { Args: { p_batch: number }; Returns: undefined }
      drop_planned_lists: {
        Args: { p_client: string; p_month: string }
        Returns: number
      }
      email_pattern: { Args: { p_email: string }; Returns: string }
      expire_approvals: { Args: { p_now: string }; Returns: number }
      find_person: {
        Args: { p_email: string; p_marks: Json }
        Returns: {
          hits: number
          place: string
        }[]
      }
      forget_person: { Args: { p_email: string }; Returns: Json }
      hold_delivery: {
        Args: { p_id: string; p_seconds: number; p_worker: string }
        Returns: boolean
      }
      hold_message: {
        Args: {
          p_claim: string
          p_id: number
          p_posting: boolean
          p_seconds: number
        }
        Returns: boolean
      }
      ingest_leads: {
        Args: { p_rows: Json; p_source: number }
        Returns: number
      }
      intent_budget: { Args: { p_week: string }; Returns: Json }
      is_over: { Args: { p_status: string }; Returns: boolean }
      is_past: {
        Args: {
          p_day: string
          p_month: string
          p_run: Database["public"]["Tables"]["agent_runs"]["Row"]
        }
        Returns: boolean
      }
      late_batches: {
        Args: { p_client: string; p_month: string }
        Returns: {
          client: string
          collected_at: string | null
          ended: boolean
          file_key: string
          id: number
          month: string
          name: string
          rows: number
          run_id: string | null
          started_at: string | null
          table_ref: string | null
          verdicts: number
        }[]
        SetofOptions: {
          from: "*"
          to: "validation_batches"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      lead_counts: {
        Args: { p_client: string; p_month: string }
        Returns: {
          lead_state: string
          leads: number
          reason: string
        }[]
      }
      leads_before: { Args: { p_run: string }; Returns: number }
      leave_lists_out: {
        Args: { p_batches: number[]; p_client: string }
        Returns: undefined
      }
      leave_run: {
        Args: {
          p_fence?: number
          p_holder: string
          p_patch: Json
          p_run: string
          p_status: string
        }
        Returns: string
      }
      list_counted: {
        Args: {
          p_accepted: number
          p_batch: number
          p_failed: number
          p_note: string
        }
        Returns: undefined
      }
      list_made: {
        Args: { p_batch: number; p_list: string }
        Returns: undefined
      }
      lock_down: { Args: Record<PropertyKey, never>; Returns: undefined }
      lock_leads: {
        Args: { p_client: string; p_month: string }
        Returns: number
      }
      make_validation_batch: {
        Args: {
          p_client: string
          p_file_key: string
          p_month: string
          p_name: string
          p_rows: number
          p_run: string
        }
        Returns: undefined
      }
      mark_submitted: {
        Args: { p_batch: number; p_ids: number[] }
        Returns: undefined
      }
      members_on: {
        Args: { p_day: string }
        Returns: {
          acting: string
          away_until: string
          backup: string
          client: string
          role: string
          slack_id: string
        }[]
      }
      merge_summary: {
        Args: { p_run: string; p_summary: Json }
        Returns: undefined
      }
      message_gone: {
        Args: { p_closed?: string; p_id: number; p_ts: string }
        Returns: boolean
      }
      messages_to_look_at: {
        Args: { p_limit: number; p_unseen_seconds: number }
        Returns: Json
      }
      months_with_people: {
        Args: { p_before: string }
        Returns: {
          client: string
          month: string
        }[]
      }
      move_zips: {
        Args: { p_from: string; p_keep: number; p_source: number }
        Returns: Json
      }
      note_due: {
        Args: {
          p_jump?: boolean
          p_looked_at: string
          p_machine?: boolean
          p_rows: Json
        }
        Returns: boolean
      }
      note_recipients: {
        Args: { p_batch: string; p_recipients: Json }
        Returns: Json
      }
      note_result: {
        Args: { p_approval: string; p_result: Json }
        Returns: undefined
      }
      offer_picks: {
        Args: { p_gap: number; p_picks: Json; p_round: string; p_run: string }
        Returns: undefined
      }
      person_places: { Args: { p_email: string }; Returns: Json }
      pick_zips: {
        Args: {
          p_by: string
          p_expires: string
          p_now: string
          p_questions: Json
          p_round: string
          p_run: string
        }
        Returns: Json
      }
      plan_list: {
        Args: {
          p_client: string
          p_ids: number[]
          p_list: Json
          p_month: string
          p_run: string
        }
        Returns: Json
      }
      plan_sources: {
        Args: {
          p_client: string
          p_month: string
          p_round: string
          p_run: string
          p_sources: Json
        }
        Returns: Json
      }
      raise_cap: {
        Args: {
          p_cap: number
          p_now: string
          p_reason: string
          p_to: number
          p_week: string
          p_who: string
        }
        Returns: Json
      }
      raw_count: {
        Args: { p_client: string; p_month: string }
        Returns: number
      }
      receive_delivery: {
        Args: {
          p_id: string
          p_kind: string
          p_payload: string
          p_route: string
          p_seconds: number
          p_worker: string
        }
        Returns: boolean
      }
      relax_home_value: {
        Args: { p_client: string; p_limit: number; p_month: string }
        Returns: undefined
      }
      release_login: {
        Args: { p_holder: string; p_login: string }
        Returns: undefined
      }
      release_unsettled: {
        Args: { p_run: string; p_who: string }
        Returns: number
      }
      remove_member: {
        Args: { p_client: string; p_other_admins: boolean; p_user: string }
        Returns: Json
      }
      renew_login: {
        Args: { p_holder: string; p_login: string; p_seconds: number }
        Returns: boolean
      }
      replace_sealed: {
        Args: {
          p_column: string
          p_key: Json
          p_new: string
          p_old: string
          p_table: string
        }
        Returns: boolean
      }
      replace_zips: {
        Args: {
          p_client: string
          p_keep_run: string
          p_month: string
          p_zips: string[]
        }
        Returns: number
      }
      reserve_credits: {
        Args: {
          p_cap: number
          p_credits: number
          p_run: string
          p_week: string
        }
        Returns: Json
      }
      retire_batch: { Args: { p_batch: string }; Returns: number }
      retire_month: {
        Args: { p_client: string; p_month: string }
        Returns: number
      }
      retire_words: {
        Args: { p_day: string; p_month: string; p_old: string }
        Returns: Json
      }
      retry_run: { Args: { p_run: string; p_who: string }; Returns: string }
      roles_on: {
        Args: { p_day: string; p_user: string }
        Returns: {
          client: string
          role: string
          stands_in_for: string
        }[]
      }
      run_day: {
        Args: { p_run: Database["public"]["Tables"]["agent_runs"]["Row"] }
        Returns: string
      }
      save_month: {
        Args: {
          p_client: string
          p_count: number
          p_gap: number
          p_month: string
          p_reserve: number
          p_target: number
        }
        Returns: undefined
      }
      save_progress: {
        Args: { p_progress: Json; p_run: string }
        Returns: undefined
      }
      set_member: {
        Args: {
          p_backup: string
          p_client: string
          p_other_admins: boolean
          p_role: string
          p_user: string
        }
        Returns: string
      }
      set_reserve: {
        Args: {
          p_client: string
          p_ids: number[]
          p_month: string
          p_version?: number
        }
        Returns: boolean
      }
      set_verdicts: {
        Args: { p_client: string; p_month: string; p_rows: Json }
        Returns: number
      }
      settle_draw: {
        Args: {
          p_brought: Json
          p_credits: number
          p_name: string
          p_result: Json
          p_run: string
        }
        Returns: undefined
      }
      settle_message: {
        Args: { p_claim: string; p_id: number; p_patch: Json }
        Returns: boolean
      }
      start_run: { Args: { p_run: Json }; Returns: Json }
      step_done: {
        Args: { p_name: string; p_output: Json; p_run: string }
        Returns: undefined
      }
      step_started: {
        Args: { p_name: string; p_run: string }
        Returns: undefined
      }
      store_batch: {
        Args: { p_batch: Json; p_leads: Json }
        Returns: undefined
      }
      store_source: {
        Args: { p_facts: Json; p_source: number }
        Returns: undefined
      }
      supersede_round: {
        Args: { p_round: string; p_run: string }
        Returns: undefined
      }
      suppress_in_list: {
        Args: { p_batch: number; p_emails: string[] }
        Returns: number
      }
      suppress_leads: {
        Args: { p_client: string; p_ids: number[]; p_month: string }
        Returns: number
      }
      suppressed_among: {
        Args: { p_hashes: string[]; p_key: string }
        Returns: Json
      }
      take_back_look: {
        Args: { p_at_most_days: number; p_now: string }
        Returns: Json
      }
      take_batch_number: {
        Args: { p_day: string; p_run: string }
        Returns: Json
      }
      take_campaign: {
        Args: { p_client: string; p_run: string }
        Returns: string
      }
      tell_campaign: {
        Args: { p_client: string; p_told: Json }
        Returns: undefined
      }
      try_now: { Args: { p_run: string; p_who: string }; Returns: string }
      undo_attachment: {
        Args: { p_run: string; p_total: number; p_who: string }
        Returns: undefined
      }
      unnamed_files: { Args: { p_keys: string[] }; Returns: string[] }
      unsettle_draw: {
        Args: { p_name: string; p_run: string }
        Returns: undefined
      }
      unwrapped: { Args: { p_json: Json }; Returns: Json }
      wake_parent: { Args: { p_run: string }; Returns: undefined }
      want_file: {
        Args: {
          p_channel: string
          p_file_key: string
          p_file_name: string
          p_purpose: string
          p_run: string
          p_text: string
          p_under: string
        }
        Returns: Json
      }
      want_message: {
        Args: {
          p_blocks: Json
          p_channel: string
          p_purpose: string
          p_run: string
          p_text: string
          p_under?: string
        }
        Returns: Json
      }
      withdraw_delivery: {
        Args: {
          p_id: string
          p_kind: string
          p_route: string
          p_worker: string
        }
        Returns: undefined
      }
      without_contact: {
        Args: { p_lead: Database["public"]["Tables"]["intent_leads"]["Row"] }
        Returns: undefined
      }
      without_ids: { Args: { p_ids: string[]; p_value: Json }; Returns: Json }
      zip_counts: {
        Args: { p_client: string; p_month: string }
        Returns: {
          cleaned: number
          raw: number
          unverified: number
          uploaded: number
          zip: string
        }[]
      }
    }
    Enums: {
      [_ in never]: never
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
}

type DatabaseWithoutInternals = Omit<Database, "__InternalSupabase">

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, "public">]

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends (DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
        DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])
    : never) = never,
> = DefaultSchemaTableNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
      DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])[TableName] extends {
      Row: infer R
    }
    ? R
    : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema["Tables"] &
        DefaultSchema["Views"])
    ? (DefaultSchema["Tables"] &
        DefaultSchema["Views"])[DefaultSchemaTableNameOrOptions] extends {
        Row: infer R
      }
      ? R
      : never
    : never

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends (DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never) = never,
> = DefaultSchemaTableNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Insert: infer I
    }
    ? I
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
    ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
        Insert: infer I
      }
      ? I
      : never
    : never

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends (DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never) = never,
> = DefaultSchemaTableNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Update: infer U
    }
    ? U
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
    ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
        Update: infer U
      }
      ? U
      : never
    : never

export type Enums<
  DefaultSchemaEnumNameOrOptions extends
    | keyof DefaultSchema["Enums"]
    | { schema: keyof DatabaseWithoutInternals },
  EnumName extends (DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"]
    : never) = never,
> = DefaultSchemaEnumNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema["Enums"]
    ? DefaultSchema["Enums"][DefaultSchemaEnumNameOrOptions]
    : never

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema["CompositeTypes"]
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends (PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"]
    : never) = never,
> = PublicCompositeTypeNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema["CompositeTypes"]
    ? DefaultSchema["CompositeTypes"][PublicCompositeTypeNameOrOptions]
    : never

export const Constants = {
  public: {
    Enums: {},
  },
} as const
